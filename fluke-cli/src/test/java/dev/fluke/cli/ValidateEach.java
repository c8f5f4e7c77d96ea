package dev.fluke.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Validates each directory below one, in this process. It prints a line for each: name, status,
 * milliseconds, lines of errors, length of the longest, and the first error.
 */
final class ValidateEach {
  private ValidateEach() {}

  public static void main(String... arguments) throws Exception {
    List<Path> bombs;
    try (Stream<Path> listed = Files.list(Path.of(arguments[0]))) {
      bombs = listed.filter(Files::isDirectory).sorted().toList();
    }
    for (Path bomb : bombs) {
      long begun = System.nanoTime();
      Shell.Ended ended = Shell.in(bomb).fluke("validate");
      long millis = (System.nanoTime() - begun) / 1_000_000;
      System.out.printf(
          "%s\t%d\t%d\t%d\t%d\t%s%n",
          bomb.getFileName(),
          ended.status(),
          millis,
          ended.out().lines().count(),
          ended.out().lines().mapToInt(String::length).max().orElse(0),
          ended.out().lines().findFirst().orElse(""));
    }
  }
}
