package dev.fluke.cli.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command has around it. Text goes out as UTF-8, whatever the locale is.
 *
 * @param out for what was asked for
 * @param err for everything else
 * @param environment the variables of the process
 * @param directory what relative paths are relative to
 * @param isInteractive whether a person looks at it
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    boolean isInteractive) {

  /** That of this process. */
  public static Terminal ofThisProcess() {
    return new Terminal(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        isTerminal(System.console()));
  }

  private static PrintStream stream(FileDescriptor to) {
    return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  /** Up to Java 21 there is a console only on a terminal; from 22 on it has to be asked. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Whether colours are wanted: on a terminal, unless NO_COLOR is set (no-color.org). */
  public boolean isColourful() {
    return isInteractive && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** The file that this path means. */
  public Path file(String path) {
    return directory.resolve(path);
  }
}
