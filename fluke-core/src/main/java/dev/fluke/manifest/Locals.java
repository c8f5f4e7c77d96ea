package dev.fluke.manifest;

import dev.fluke.text.DidYouMean;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
 */
final class Locals {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final String START = "${local";

  private final Problems problems;
  private final Map<String, ScalarNode> declared = new LinkedHashMap<>();
  private final Set<String> wrong = new HashSet<>();
  private final Map<String, String> resolved = new HashMap<>();
  private final Deque<String> resolving = new ArrayDeque<>();

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
      String thing = "local '" + entry.name() + "'";
      if (!NAME.matcher(entry.name()).matches()) {
        problems.at(entry.key(), thing + ": a name has letters, digits, _ and - only");
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

  /** The value of a declared local; empty, with a problem noted, if it is invalid. */
  private String value(String name) {
    String known = resolved.get(name);
    ScalarNode text = declared.get(name);
    if (known != null || text == null || wrong.contains(name)) {
      return known == null ? "" : known;
    }
    if (resolving.contains(name)) {
      problems.at(text, "local '" + name + "': refers to itself: " + circle(name));
      wrong.add(name);
      return "";
    }
    resolving.push(name);
    String value = replacedIn(text, "local '" + name + "'");
    resolving.pop();
    if (value == null) {
      wrong.add(name);
    } else {
      resolved.put(name, value);
    }
    return value == null ? "" : value;
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
    String text = node.getValue();
    StringBuilder out = new StringBuilder();
    int done = 0;
    boolean good = true;
    for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
      int next = at + START.length();
      if (!isLocal(text, next)) {
        continue;
      }
      if (at > 0 && text.charAt(at - 1) == '$') {
        out.append(text, done, at - 1);
        done = at;
        continue;
      }
      int end = text.indexOf('}', next);
      String name = end > next && text.charAt(next) == '.' ? text.substring(next + 1, end) : "";
      if (!NAME.matcher(name).matches()) {
        problems.at(node, thing + ": " + strange(text, at, end));
        good = false;
      } else if (wrong.contains(name)) {
        good = false; // the problem is noted where it is declared
      } else if (!declared.containsKey(name)) {
        problems.at(
            node,
            thing + ": unknown local '" + name + "'" + DidYouMean.hint(name, declared.keySet()));
        good = false;
      } else {
        out.append(text, done, at).append(value(name));
        good &= !wrong.contains(name);
        done = end + 1;
      }
    }
    return good ? out.append(text, done, text.length()).toString() : null;
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
