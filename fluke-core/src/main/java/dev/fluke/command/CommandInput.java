package dev.fluke.command;

import dev.fluke.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a command is given: environment and standard input, each perhaps secret. Immutable. */
final class CommandInput {
  // POSIX.1-2017, Base Definitions 8.1 (Environment Variable Definition)
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  static final CommandInput NONE = new CommandInput(Map.of(), null);

  private final Map<String, Object> env; // String or Secret
  private final @Nullable Object stdin; // byte[] or Secret

  private CommandInput(Map<String, Object> env, @Nullable Object stdin) {
    this.env = env;
    this.stdin = stdin;
  }

  /** With one more variable: a String or a Secret. */
  CommandInput env(String name, Object value) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "command: '%s' is not a name of an environment variable".formatted(Printable.of(name)));
    }
    Map<String, Object> more = new LinkedHashMap<>(env);
    more.put(name, value);
    return new CommandInput(Collections.unmodifiableMap(more), stdin);
  }

  CommandInput stdin(byte[] bytes) {
    return new CommandInput(env, bytes.clone());
  }

  CommandInput stdin(Secret text) {
    return new CommandInput(env, text);
  }

  CommandInput withSecrets(UnaryOperator<Secret> values) {
    Map<String, Object> changed = new LinkedHashMap<>(env);
    changed.replaceAll(
        (name, value) -> value instanceof Secret s ? check(name, values.apply(s)) : value);
    return new CommandInput(
        Collections.unmodifiableMap(changed),
        stdin instanceof Secret s ? check("", values.apply(s)) : stdin);
  }

  /**
   * Returns the secret.
   *
   * @param variable where it goes; empty for the standard input
   * @throws IllegalArgumentException if it is at hand and can't be masked, or not be sent
   */
  static Secret check(String variable, Secret secret) {
    String where = variable.isEmpty() ? "the standard input" : "the variable '" + variable + "'";
    var unused = secret.requireMaskable(where);
    if (!variable.isEmpty() && secret.isAtHand() && secret.reveal().indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the secret for %s has a NUL, which no variable can have".formatted(where));
    }
    return secret;
  }

  Map<String, String> revealEnv() {
    Map<String, String> revealed = new LinkedHashMap<>();
    env.forEach(
        (name, value) ->
            revealed.put(name, value instanceof Secret s ? s.reveal() : (String) value));
    return revealed;
  }

  byte[] revealStdin() {
    if (stdin == null) {
      return new byte[0];
    }
    return stdin instanceof Secret s
        ? s.reveal().getBytes(StandardCharsets.UTF_8)
        : ((byte[]) stdin).clone();
  }

  List<Secret> secrets() {
    List<Secret> all = new ArrayList<>();
    env.values().stream().filter(Secret.class::isInstance).forEach(each -> all.add((Secret) each));
    if (stdin instanceof Secret secret) {
      all.add(secret);
    }
    return all;
  }

  void digestInto(Digestible.Digest into) {
    into.add(env).add(stdin);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CommandInput that
        && env.equals(that.env)
        && ((stdin instanceof byte[] mine && that.stdin instanceof byte[] theirs)
            ? Arrays.equals(mine, theirs)
            : Objects.equals(stdin, that.stdin));
  }

  @Override
  public int hashCode() {
    return env.hashCode();
  }
}
