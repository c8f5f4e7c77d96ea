package dev.fluke.command;

import dev.fluke.text.Printable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Secrets in environment variables whose names begin with a prefix. Immutable. */
final class SecretVariables {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String prefix;
  private final transient Map<String, String> variables; // transient: serializers leave it out

  SecretVariables(String prefix, Map<String, String> variables) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "secrets: the prefix '%s' can't begin the name of an environment variable"
              .formatted(Printable.of(prefix)));
    }
    this.prefix = prefix;
    this.variables = Map.copyOf(variables);
  }

  Optional<Secret> secret(String name) {
    String rest = name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    return Optional.ofNullable(variables.get(prefix + rest)).map(Secret::of);
  }

  /** In small letters with hyphens, as a manifest may write them. */
  Set<String> names() {
    return variables.keySet().stream()
        .filter(variable -> variable.startsWith(prefix) && variable.length() > prefix.length())
        .map(variable -> variable.substring(prefix.length()))
        .map(rest -> rest.toLowerCase(Locale.ROOT).replace('_', '-'))
        .filter(SecretNames::isOne)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public String toString() {
    return "environment variables " + prefix + "…";
  }
}
