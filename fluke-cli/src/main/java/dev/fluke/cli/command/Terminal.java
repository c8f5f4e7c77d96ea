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
 * The surroundings of a command. Output is UTF-8, whatever the locale.
 *
 * @param out the standard output
 * @param err the standard error
 * @param environment the environment variables
 * @param directory the working directory
 * @param isInteractive whether the standard streams are a terminal
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    boolean isInteractive) {

  /** The terminal of this process. */
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

  /** Up to Java 21 a console exists only on a terminal; since Java 22 it reports that itself. */
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

  /** Whether to use colours: on a terminal, unless NO_COLOR is set (no-color.org). */
  public boolean isColourful() {
    return isInteractive && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Resolves a path against the working directory. */
  public Path file(String path) {
    return directory.resolve(path);
  }
}
