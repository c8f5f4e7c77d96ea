package dev.fluke.manifest;

import dev.fluke.text.DidYouMean;
import dev.fluke.text.Limits;
import dev.fluke.text.Printable;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The locals of one file. {@code ${local.name}} is replaced once, by the text of that local. Any
 * other text that begins with a dollar and a brace is left to the shell. {@code $${local.name}}
 * stands for the text {@code ${local.name}} itself.
 *
 * <p>The length of a text is known, and compared with its limit, before the text is built.
 */
final class Locals {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,253}");
  private static final String START = "${local";
  private static final int MOST_TO_SUGGEST_FROM = 500;
  private static final int SHOWN = 100;
  private static final int LONGEST_REFERENCE = 300;

  private final Problems problems;
  private final Map<String, ScalarNode> declared = new LinkedHashMap<>();
  private final Set<String> wrong = new HashSet<>();
  private final Map<String, Resolved> resolved = new HashMap<>();
  private final Deque<String> resolving = new ArrayDeque<>();
  private long together;

  /** The text of a local, and how many locals refer to each other in a row to make it. */
  private record Resolved(String text, int row) {}

  /** A text in parts, of which those that locals gave are shared. */
  private static final class Parts {
    private final List<String> parts = new ArrayList<>();
    private long length;
    private int row;
    private boolean valid = true;

    private void add(String part) {
      parts.add(part);
      length += part.length();
    }

    private void add(Resolved local) {
      add(local.text());
      row = Math.max(row, local.row());
    }
  }

  private Locals(Problems problems) {
    this.problems = problems;
  }

  static Locals none(Problems problems) {
    return new Locals(problems);
  }

  static Locals of(Node node, Problems problems) {
    Locals locals = new Locals(problems);
    for (Mapping.Entry entry :
        Mapping.of(node, "locals", "a mapping of names to texts", problems).entries()) {
      String thing = thing(entry.name());
      if (!NAME.matcher(entry.name()).matches()) {
        problems.at(entry.key(), thing + ": a name has letters, digits, _ and - only, at most 253");
      } else if (entry.value() instanceof ScalarNode text) {
        locals.declared.put(entry.name(), text);
      } else {
        problems.at(entry.value(), thing + ": must be text, is " + Mapping.kind(entry.value()));
        locals.wrong.add(entry.name());
      }
    }
    locals.declared.keySet().forEach(locals::value);
    return locals;
  }

  private static String thing(String name) {
    return "local '" + Printable.shortened(name, SHOWN) + "'";
  }

  /** The value of a declared local; null, with a problem noted, if it is invalid. */
  private @Nullable Resolved value(String name) {
    Resolved known = resolved.get(name);
    ScalarNode text = declared.get(name);
    if (known != null || text == null || wrong.contains(name)) {
      return known;
    }
    if (resolving.contains(name)) {
      return wrong(text, name, "refers to itself: " + circle(name));
    }
    if (resolving.size() == Limits.LOCALS_IN_A_ROW) {
      return wrong(text, name, inARow());
    }
    resolving.push(name);
    Parts parts = parts(text, thing(name));
    resolving.pop();
    if (!parts.valid) {
      wrong.add(name);
      return null;
    }
    if (parts.row == Limits.LOCALS_IN_A_ROW) {
      return wrong(text, name, inARow());
    }
    together += parts.length;
    if (together > Limits.LOCALS) {
      throw problems.ended(
          text,
          "%s: the locals of this file have more than %d MiB of text, with the locals in them replaced; shorten them"
              .formatted(thing(name), Limits.LOCALS / Limits.FILE_BYTES));
    }
    Resolved value = new Resolved(String.join("", parts.parts), parts.row + 1);
    resolved.put(name, value);
    return value;
  }

  private @Nullable Resolved wrong(ScalarNode text, String name, String problem) {
    problems.at(text, thing(name) + ": " + problem);
    wrong.add(name);
    return null;
  }

  private static String inARow() {
    return "more than %d locals refer to each other in a row; write its text out"
        .formatted(Limits.LOCALS_IN_A_ROW);
  }

  private String circle(String name) {
    StringBuilder way = new StringBuilder(name);
    for (String step : resolving) {
      way.insert(0, step + " > ");
      if (step.equals(name)) {
        break;
      }
    }
    return way.toString();
  }

  /** The text with all locals replaced; notes a problem and returns null if that fails. */
  @Nullable String replacedIn(ScalarNode node, String thing) {
    if (!node.getValue().contains(START)) {
      return node.getValue();
    }
    Parts parts = parts(node, thing);
    return parts.valid ? String.join("", parts.parts) : null;
  }

  private Parts parts(ScalarNode node, String thing) {
    String text = node.getValue();
    Parts parts = new Parts();
    int done = 0;
    for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
      int next = at + START.length();
      if (!isLocal(text, next)) {
        continue;
      }
      if (at > 0 && text.charAt(at - 1) == '$') {
        parts.add(text.substring(done, at - 1));
        done = at;
        continue;
      }
      int end =
          text.substring(next, Math.min(text.length(), next + LONGEST_REFERENCE)).indexOf('}');
      end = end < 0 ? end : next + end;
      Resolved local = local(node, thing, at, end);
      if (local == null) {
        parts.valid = false;
        continue;
      }
      parts.add(text.substring(done, at));
      parts.add(local);
      done = end + 1;
      if (parts.length > Limits.VALUE) {
        break;
      }
    }
    parts.add(text.substring(done));
    if (parts.length > Limits.VALUE) {
      problems.at(
          node,
          "%s: has more than %,d characters with its locals replaced; use fewer or shorter ones"
              .formatted(thing, Limits.VALUE));
      parts.valid = false;
    }
    return parts;
  }

  /** The local of the reference from {@code at} to {@code end}, or null with a problem noted. */
  private @Nullable Resolved local(ScalarNode node, String thing, int at, int end) {
    String text = node.getValue();
    int next = at + START.length();
    String name = end > next && text.charAt(next) == '.' ? text.substring(next + 1, end) : "";
    if (!NAME.matcher(name).matches()) {
      problems.at(node, thing + ": " + strange(text, at, end));
      return null;
    }
    if (wrong.contains(name)) {
      return null; // the problem is noted where it is declared
    }
    if (!declared.containsKey(name)) {
      problems.at(node, thing + ": unknown local '" + name + "'" + hint(name));
      return null;
    }
    return value(name);
  }

  private String hint(String name) {
    return declared.size() > MOST_TO_SUGGEST_FROM
        ? "; declare it in 'locals'"
        : DidYouMean.hint(name, declared.keySet());
  }

  /** Whether a dot, a brace or an s follows the word; {@code ${localhost}} is the shell's. */
  private static boolean isLocal(String text, int next) {
    if (text.startsWith("s", next)) {
      return next + 1 == text.length() || !isOfName(text.charAt(next + 1));
    }
    return text.startsWith(".", next) || text.startsWith("}", next);
  }

  private static boolean isOfName(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String strange(String text, int at, int end) {
    String found = text.substring(at, end < 0 ? Math.min(text.length(), at + 30) : end + 1);
    return "'" + found + "' is not ${local.NAME}; to keep it as text, write $" + found;
  }
}
