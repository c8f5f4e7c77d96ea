package dev.fluke.agent;

import dev.fluke.text.Durations;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of an agent that have a default. */
record AgentOptions(
    String defaultShell, List<String> path, boolean sharesAddress, AgentLimits limits) {

  static final AgentOptions DEFAULTS =
      new AgentOptions("/bin/bash", List.of(), false, new AgentLimits(null, null));

  AgentOptions defaultShell(String absolutePath) {
    requireAbsolute("default shell", absolutePath);
    return new AgentOptions(absolutePath, path, sharesAddress, limits);
  }

  AgentOptions path(List<String> directories) {
    directories.forEach(directory -> requireAbsolute("path", directory));
    return new AgentOptions(defaultShell, directories, sharesAddress, limits);
  }

  AgentOptions sharingAddress() {
    return new AgentOptions(defaultShell, path, true, limits);
  }

  AgentOptions limits(AgentLimits others) {
    return new AgentOptions(defaultShell, path, sharesAddress, others);
  }

  private static void requireAbsolute(String what, String path) {
    if (!path.startsWith("/") || path.indexOf('\0') >= 0 || path.contains(":")) {
      throw new IllegalArgumentException(
          "%s '%s' must be an absolute path without a colon"
              .formatted(what, path.replace('\0', '?')));
    }
  }

  /** How long a check and an apply may take; null where the reconciler's limit holds. */
  record AgentLimits(@Nullable Duration check, @Nullable Duration apply) {
    AgentLimits check(Duration limit) {
      return new AgentLimits(positive("check", limit), apply);
    }

    AgentLimits apply(Duration limit) {
      return new AgentLimits(check, positive("apply", limit));
    }

    private static Duration positive(String what, Duration limit) {
      Durations.problem(limit)
          .ifPresent(
              problem -> {
                throw new IllegalArgumentException(
                    "%s limit is %s, %s, such as PT60S".formatted(what, limit, problem));
              });
      return limit;
    }
  }
}
