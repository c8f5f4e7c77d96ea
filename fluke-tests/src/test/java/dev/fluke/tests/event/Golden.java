package dev.fluke.tests.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that hold JSON as receivers get it, to the last field and in the order of the fields. */
public final class Golden {
  /** Stands in the files where each alert has an id of its own, which chance decides. */
  public static final String ID = "0123456789abcdef0123456789abcdef";

  private static final Path ROOT = Path.of("src/test/resources/dev/fluke/tests");

  private Golden() {}

  /** The names of all files in a directory, without {@code .json}. */
  public static Set<String> names(String directory) {
    try (Stream<Path> files = Files.list(ROOT.resolve(directory))) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The types of events that have a file. */
  static Set<String> events() {
    return names("events");
  }

  public static String text(String directory, String name) {
    try {
      return Files.readString(ROOT.resolve(directory).resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same JSON with a line for each field, as the files have it. */
  public static String readable(String json) {
    StringBuilder text = new StringBuilder();
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean escaped = quoted && c == '\\';
      if (c == '"') {
        quoted = !quoted;
      }
      if (escaped) {
        text.append(c).append(json.charAt(++i));
      } else if (quoted || "{}[],:".indexOf(c) < 0) {
        text.append(c);
      } else if (c == '{' || c == '[') {
        text.append(c).append(line(++depth));
      } else if (c == '}' || c == ']') {
        text.append(line(--depth)).append(c);
      } else {
        text.append(c).append(c == ',' ? line(depth) : " ");
      }
    }
    return text.append('\n').toString();
  }

  private static String line(int depth) {
    return "\n" + "  ".repeat(depth);
  }
}
