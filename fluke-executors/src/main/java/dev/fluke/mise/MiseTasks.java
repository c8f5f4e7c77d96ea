package dev.fluke.mise;

/**
 * The two tasks and the directory that defines them. Immutable.
 *
 * @param directory absolute, without {@code ..}
 * @param check the name of the task that checks
 * @param apply the name of the task that applies
 * @param trusted whether to run a configuration that mise does not trust
 */
record MiseTasks(String directory, String check, String apply, boolean trusted) {

  /** The tasks {@code check} and {@code apply} of this directory. */
  static MiseTasks in(String directory) {
    boolean climbs = (directory + "/").contains("/../");
    if (!directory.startsWith("/") || climbs || directory.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "working_dir is '%s', must be an absolute path without '..', such as /opt/app"
              .formatted(directory));
    }
    String normalized = directory.replaceAll("/(?:\\.?/)++", "/").replaceFirst("(?<=.)/\\.?$", "");
    return new MiseTasks(normalized, "check", "apply", false);
  }

  MiseTasks check(String task) {
    return new MiseTasks(directory, checked(task), apply, trusted);
  }

  MiseTasks apply(String task) {
    return new MiseTasks(directory, check, checked(task), trusted);
  }

  MiseTasks trust() {
    return new MiseTasks(directory, check, apply, true);
  }

  private static String checked(String task) {
    if (task.isBlank() || task.startsWith("-") || task.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException(
          "task is '%s', which is not the name of a mise task".formatted(task));
    }
    return task;
  }
}
