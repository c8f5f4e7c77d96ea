package dev.fluke.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke validate [PATH…]}: reports all errors of manifests and configs. */
record ValidateCommand(Terminal terminal) {

  private static final List<String> CONFIGS = List.of("fluke.yaml", "fluke.yml");

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "validate",
            "Reports all errors of manifests and configs with file:line:column. Connects to no host"
                + " and no repository.",
            this::run);
    spec.addOption(
        OptionSpec.builder("--config")
            .paramLabel("FILE")
            .type(String.class)
            .description("Config file with another name.")
            .build());
    return spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "A manifest, a config fluke.yaml, or a directory with **/*.fluke.{yaml,yml} and"
                    + " perhaps a fluke.yaml; default: the current directory.")
            .build());
  }

  private int run(ParseResult line) {
    List<String> paths = line.matchedPositionalValue(0, List.of());
    String config = line.matchedOptionValue("--config", "");
    ValidationReport report = new ValidationReport(terminal);
    if (!config.isEmpty()) {
      report.addConfig(config, terminal.file(config));
    }
    List<String> here = config.isEmpty() ? List.of(".") : List.of();
    for (String path : paths.isEmpty() ? here : paths) {
      add(path, report);
    }
    return report.print();
  }

  private void add(String name, ValidationReport report) {
    Path path = terminal.file(name);
    String last = String.valueOf(path.getFileName());
    if (CONFIGS.contains(last) && Files.isRegularFile(path)) {
      report.addConfig(name, path);
      return;
    }
    report.addManifests(name, path);
    for (String config : CONFIGS) {
      if (Files.isRegularFile(path.resolve(config))) {
        String prefix = name.equals(".") ? "" : name.replaceAll("/+$", "") + "/";
        report.addConfig(prefix + config, path.resolve(config));
      }
    }
  }
}
