package dev.fluke.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** A terminal whose output a test can read. */
final class CapturedTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private CapturedTerminal(boolean isInteractive) {
    terminal =
        new Terminal(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of(),
            Path.of("/work"),
            isInteractive);
  }

  static CapturedTerminal create() {
    return new CapturedTerminal(false);
  }

  static CapturedTerminal interactive() {
    return new CapturedTerminal(true);
  }

  Terminal terminal() {
    return terminal;
  }

  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }
}
