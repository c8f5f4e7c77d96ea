package dev.fluke.mise;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.command.internal.ShellScript;
import dev.fluke.file.internal.PathWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The shell programs that run on the host. Values reach them as variables of the program and not of
 * the environment, which belongs to the tasks.
 *
 * <p>A program prints findings, one a line, and ends; or it prints the line {@code ran}, and
 * becomes the task. {@link MiseAnswer} reads the output.
 */
final class MiseScripts {
  private static final String PLACE = PathWalk.FUNCTIONS + "\n" + script("place");
  private static final String GIT = script("git");
  private static final String COMPARE = script("compare");
  private static final String UPDATE = script("update");
  private static final String NO_INSTALL = script("no-install");
  private static final String RUN = script("run");

  private MiseScripts() {}

  /** Compares the working copy with its branch, and runs the check task; changes nothing. */
  static String check(MiseTasks tasks, @Nullable WorkingCopy copy) {
    String values = values(tasks, tasks.check(), copy);
    return copy == null
        ? program(values, PLACE, NO_INSTALL, RUN)
        : program(values, "makes=", PLACE, GIT, COMPARE, NO_INSTALL, RUN);
  }

  /** Brings the working copy to its branch, and runs the apply task. */
  static String apply(MiseTasks tasks, @Nullable WorkingCopy copy) {
    String values = values(tasks, tasks.apply(), copy);
    return copy == null
        ? program(values, PLACE, RUN)
        : program(values, "makes=yes", PLACE, GIT, UPDATE, RUN);
  }

  private static String program(String... parts) {
    return Stream.of(parts).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String values(MiseTasks tasks, String task, @Nullable WorkingCopy copy) {
    List<String> lines = new ArrayList<>();
    lines.add("dir=" + quote(tasks.directory()));
    lines.add("task=" + quote(task));
    lines.add("trust=" + (tasks.trusted() ? "yes" : ""));
    if (copy != null) {
      lines.add("url=" + quote(copy.url()));
      lines.add("branch=" + quote(copy.branch()));
      lines.add("discard=" + (copy.discard() ? "yes" : ""));
      lines.add("mark=" + Integer.toHexString(tasks.directory().hashCode()));
    }
    return String.join("\n", lines);
  }

  private static String script(String name) {
    return ShellScript.resource(MiseScripts.class, name + ".sh").text();
  }
}
