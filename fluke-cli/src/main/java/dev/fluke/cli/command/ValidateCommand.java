package dev.fluke.cli.command;

import dev.fluke.manifest.ManifestReader;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke validate [PATH…]}: says all that is wrong, without asking anybody else. */
record ValidateCommand(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "validate",
            "Says all that is wrong with manifests, each with file:line:column. Asks no host.",
            this::run);
    return spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PATH")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "A manifest, or a directory with files **/*.fluke.yaml or .yml;"
                    + " this directory unless given.")
            .build());
  }

  private int run(ParseResult line) {
    List<String> paths = line.matchedPositionalValue(0, List.of("."));
    Findings findings = new Findings(ManifestReader.of(getClass().getClassLoader(), List.of()));
    for (String path : paths) {
      findings.addManifests(path, terminal.file(path));
    }
    return findings.tell(terminal);
  }
}
