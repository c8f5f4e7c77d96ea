package dev.fluke.transport;

import static java.util.Objects.requireNonNull;

import dev.fluke.time.Scheduler;
import java.util.List;

/** What a transport needs to know of the agent it connects to. Made by Fluke. Immutable. */
public final class Target {
  /** Where commands are found unless the agent adds to it. */
  static final String DOCUMENTED_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final String agent;
  private final String defaultShell;
  private final List<String> path;
  private final Scheduler scheduler;

  private Target(String agent, String defaultShell, List<String> path, Scheduler scheduler) {
    this.agent = agent;
    this.defaultShell = defaultShell;
    this.path = path;
    this.scheduler = scheduler;
  }

  /**
   * For transports' own tests; the reconciler makes these for its agents.
   *
   * @param scheduler gives time, chance and threads for the connection
   */
  public static Target of(String agent, Scheduler scheduler) {
    return new Target(
        requireNonNull(agent, "agent"),
        "/bin/bash",
        List.of(),
        requireNonNull(scheduler, "scheduler"));
  }

  /** With another shell for {@code Command.inDefaultShell()} than {@code /bin/bash}. */
  public Target defaultShell(String absolutePath) {
    return new Target(agent, requireNonNull(absolutePath, "absolutePath"), path, scheduler);
  }

  /** With these directories in front of the documented {@code PATH}. */
  public Target path(List<String> directories) {
    return new Target(agent, defaultShell, List.copyOf(directories), scheduler);
  }

  /** The agent's name. */
  public String agent() {
    return agent;
  }

  /** What {@code Command.inDefaultShell()} means here; an absolute path. */
  public String defaultShell() {
    return defaultShell;
  }

  /** Directories that come before the documented {@code PATH}. */
  public List<String> path() {
    return path;
  }

  /** The whole {@code PATH} of commands: the agent's own directories, and the documented ones. */
  String searchPath() {
    return path.isEmpty() ? DOCUMENTED_PATH : String.join(":", path) + ":" + DOCUMENTED_PATH;
  }

  /** Time, chance and threads. Real input and output belongs on its {@link Scheduler#real()}. */
  public Scheduler scheduler() {
    return scheduler;
  }
}
