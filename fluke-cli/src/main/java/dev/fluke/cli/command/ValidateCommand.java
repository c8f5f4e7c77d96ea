package dev.fluke.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke validate [PATH…]}: says all that is wrong, without asking anybody else. */
record ValidateCommand(Terminal terminal) {

  private static final List<String> CONFIGS = List.of("fluke.yaml", "fluke.yml");

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "validate",
            "Says all that is wrong with manifests and the config, each with file:line:column."
                + " Asks no host and no repository.",
            this::run);
    spec.addOption(
        OptionSpec.builder("--config")
            .paramLabel("FILE")
            .type(String.class)
            .description("A config of another name.")
            .build());
    return spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "A manifest; a directory with files **/*.fluke.yaml or .yml, and perhaps a"
                    + " fluke.yaml; a config fluke.yaml. This directory unless given.")
            .build());
  }

  private int run(ParseResult line) {
    List<String> paths = line.matchedPositionalValue(0, List.of());
    String config = line.matchedOptionValue("--config", "");
    ValidationReport findings = new ValidationReport(terminal);
    if (!config.isEmpty()) {
      findings.addConfig(config, terminal.file(config));
    }
    List<String> here = config.isEmpty() ? List.of(".") : List.of();
    for (String path : paths.isEmpty() ? here : paths) {
      add(path, findings);
    }
    return findings.tell();
  }

  private void add(String name, ValidationReport findings) {
    Path path = terminal.file(name);
    String last = String.valueOf(path.getFileName());
    if (CONFIGS.contains(last) && Files.isRegularFile(path)) {
      findings.addConfig(name, path);
      return;
    }
    findings.addManifests(name, path);
    for (String config : CONFIGS) {
      if (Files.isRegularFile(path.resolve(config))) {
        String prefix = name.equals(".") ? "" : name.replaceAll("/+$", "") + "/";
        findings.addConfig(prefix + config, path.resolve(config));
      }
    }
  }
}
