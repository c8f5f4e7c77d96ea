package dev.fluke.mise;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The environment that tasks are given, with a {@code String} or a secret each; and their user. */
record TaskEnvironment(Map<String, Object> env, Optional<String> runAs) {
  private static final Command ANY = Command.shell(":");
  static final TaskEnvironment NONE = new TaskEnvironment(Map.of(), Optional.empty());

  TaskEnvironment env(String name, String value) {
    ANY.env(name, value);
    return with(name, value);
  }

  TaskEnvironment env(String name, Secret value) {
    ANY.env(name, value);
    return with(name, value);
  }

  private TaskEnvironment with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(env);
    more.put(name, value);
    return new TaskEnvironment(Collections.unmodifiableMap(more), runAs);
  }

  TaskEnvironment runAs(String user) {
    ANY.runAs(user);
    return new TaskEnvironment(env, Optional.of(user));
  }

  /** This script, in them. */
  Command command(String script) {
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
