package dev.fluke.cli.command;

import dev.fluke.manifest.ManifestReader;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fluke schema}: prints the JSON Schema of manifests. */
record SchemaCommand(Terminal terminal) {

  CommandSpec spec() {
    return Action.command(
        "schema", "Prints the JSON Schema of manifests, for editors.", line -> run());
  }

  private int run() {
    ClassLoader loader = SchemaCommand.class.getClassLoader();
    terminal.out().println(ManifestReader.of(loader, List.of()).schema());
    return ExitStatus.DONE;
  }
}
