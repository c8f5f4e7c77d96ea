package dev.fluke.command.internal;

import dev.fluke.command.ShellQuoting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program for a POSIX shell, kept in a resource file beside the class that uses it, so that tools
 * can read it.
 *
 * <p>The file holds placeholders such as {@code @LEADER@}, which {@link #with} and {@link
 * #withQuoted} fill in. Comments that take a whole line, blank lines and indentation are not sent
 * to the host; so a quoted text or a here-document in the file must not span lines.
 *
 * <p>Reading a file costs more than filling it in: keep what {@link #resource} returns in a
 * constant. Immutable, and safe for use by any thread.
 */
public final class ShellScript {
  private static final Pattern PLACEHOLDER = Pattern.compile("@([A-Z][A-Z0-9_]*)@");

  private final String name;
  private final List<String> literals; // one more than there are placeholders
  private final List<String> placeholders;
  private final Map<String, String> values;

  private ShellScript(
      String name, List<String> literals, List<String> placeholders, Map<String, String> values) {
    this.name = name;
    this.literals = literals;
    this.placeholders = placeholders;
    this.values = values;
  }

  /**
   * The program in the file {@code name} in the package of {@code beside}, which is UTF-8.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static ShellScript resource(Class<?> beside, String name) {
    try (InputStream file = beside.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalArgumentException(
            "shell program '%s': no such resource in package %s"
                .formatted(name, beside.getPackageName()));
      }
      return parse(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("shell program '%s' can't be read".formatted(name), e);
    }
  }

  static ShellScript parse(String name, String file) {
    String program =
        file.lines()
            .map(String::stripLeading)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.joining("\n"));
    List<String> literals = new ArrayList<>();
    List<String> placeholders = new ArrayList<>();
    Matcher found = PLACEHOLDER.matcher(program);
    int from = 0;
    while (found.find()) {
      literals.add(program.substring(from, found.start()));
      placeholders.add(found.group(1));
      from = found.end();
    }
    literals.add(program.substring(from));
    return new ShellScript(name, List.copyOf(literals), List.copyOf(placeholders), Map.of());
  }

  /**
   * Fills in {@code value} as it is, wherever {@code @placeholder@} stands: a part of the program,
   * such as other commands. Use {@link #withQuoted} for data.
   *
   * @throws IllegalArgumentException if the file has no such placeholder, or it was filled in
   *     before
   */
  public ShellScript with(String placeholder, String value) {
    if (!placeholders.contains(placeholder)) {
      throw new IllegalArgumentException(
          "shell program '%s' has no placeholder @%s@; it has %s"
              .formatted(name, placeholder, shown(placeholders)));
    }
    Map<String, String> more = new LinkedHashMap<>(values);
    if (more.put(placeholder, value) != null) {
      throw new IllegalArgumentException(
          "shell program '%s': @%s@ was filled in before".formatted(name, placeholder));
    }
    return new ShellScript(name, literals, placeholders, more);
  }

  /** Fills in a number, as {@link #with(String, String)} does. */
  public ShellScript with(String placeholder, long value) {
    return with(placeholder, Long.toString(value));
  }

  /**
   * Fills in {@code text} as one word of the program, whatever it contains.
   *
   * @throws IllegalArgumentException as {@link #with(String, String)} does, or if a shell can't
   *     carry the text
   */
  public ShellScript withQuoted(String placeholder, String text) {
    return with(placeholder, ShellQuoting.quote(text));
  }

  /**
   * The program with all placeholders filled in, without a newline at its end.
   *
   * @throws IllegalStateException if a placeholder was not filled in
   */
  public String text() {
    StringBuilder text = new StringBuilder(literals.get(0));
    for (int i = 0; i < placeholders.size(); i++) {
      String value = values.get(placeholders.get(i));
      if (value == null) {
        throw notFilledIn();
      }
      text.append(value).append(literals.get(i + 1));
    }
    return text.toString();
  }

  private IllegalStateException notFilledIn() {
    List<String> open = placeholders.stream().filter(each -> !values.containsKey(each)).toList();
    return new IllegalStateException(
        "shell program '%s': call with(..) for %s".formatted(name, shown(open)));
  }

  private static String shown(List<String> placeholders) {
    return placeholders.isEmpty()
        ? "none"
        : new TreeSet<>(placeholders)
            .stream().map("@%s@"::formatted).collect(Collectors.joining(", "));
  }

  /** The name of the file: what is filled in may be secret. */
  @Override
  public String toString() {
    return name;
  }
}
