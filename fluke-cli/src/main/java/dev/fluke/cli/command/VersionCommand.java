package dev.fluke.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fluke version}: shows the version. */
record VersionCommand(Terminal terminal) {

  CommandSpec spec() {
    return Action.command("version", "Shows the version.", line -> run());
  }

  int run() throws IOException {
    String java = System.getProperty("java.version");
    terminal.out().println("fluke %s (Java %s)".formatted(version(), java));
    return ExitStatus.DONE;
  }

  static String version() throws IOException {
    try (InputStream in = VersionCommand.class.getResourceAsStream("/dev/fluke/cli/version")) {
      if (in == null) {
        throw new IOException("dev/fluke/cli/version is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
