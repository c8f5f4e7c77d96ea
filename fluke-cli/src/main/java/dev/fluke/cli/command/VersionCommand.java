package dev.fluke.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** {@code fluke version}. */
record VersionCommand(Terminal terminal) {

  CommandSpec spec() {
    return Action.command("version", "Says which version this is.", line -> run());
  }

  int run() throws IOException {
    terminal
        .out()
        .println("fluke " + version() + " (Java " + System.getProperty("java.version") + ")");
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
