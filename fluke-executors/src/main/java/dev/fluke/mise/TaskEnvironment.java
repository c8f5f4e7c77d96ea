package dev.fluke.mise;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The environment variables and the user of Git and both tasks. Immutable.
 *
 * @param env each value is a {@code String} or a {@link Secret}
 * @param runAs empty for the login user
 */
record TaskEnvironment(Map<String, Object> env, Optional<String> runAs) {
  private static final Command VALIDATOR = Command.shell(":");
  static final TaskEnvironment EMPTY = new TaskEnvironment(Map.of(), Optional.empty());

  TaskEnvironment env(String name, String value) {
    VALIDATOR.env(name, value);
    return with(name, value);
  }

  TaskEnvironment env(String name, Secret value) {
    VALIDATOR.env(name, value);
    return with(name, value);
  }

  private TaskEnvironment with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(env);
    more.put(name, value);
    return new TaskEnvironment(Collections.unmodifiableMap(more), runAs);
  }

  TaskEnvironment withSecrets(UnaryOperator<Secret> values) {
    Map<String, Object> changed = new LinkedHashMap<>(env);
    changed.replaceAll((name, value) -> value instanceof Secret s ? values.apply(s) : value);
    return new TaskEnvironment(Collections.unmodifiableMap(changed), runAs);
  }

  TaskEnvironment runAs(String user) {
    VALIDATOR.runAs(user);
    return new TaskEnvironment(env, Optional.of(user));
  }

  /** A command that runs this script as this user, with these variables. */
  Command shell(String script) {
    Command command = Command.shell(script);
    for (Map.Entry<String, Object> each : env.entrySet()) {
      command =
          each.getValue() instanceof Secret secret
              ? command.env(each.getKey(), secret)
              : command.env(each.getKey(), (String) each.getValue());
    }
    return runAs.map(command::runAs).orElse(command);
  }
}
