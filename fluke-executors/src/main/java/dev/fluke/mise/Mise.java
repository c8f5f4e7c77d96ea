package dev.fluke.mise;

import static dev.fluke.command.ShellQuoting.quote;
import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State declared by two tasks of mise in a directory of the host: {@code check}, which ends with 0
 * if all is as it should be, and {@code apply}, which makes it so. The directory may be a working
 * copy that Fluke clones and moves forward: then the check compares it with the branch first, and
 * writes nothing.
 *
 * <p>Tasks of directories above are not taken. A configuration that mise does not trust is not run,
 * unless {@link #trusted()}. A check installs no tools. That the check task is read-only, and the
 * apply task safe to run twice, is in the hands of who writes them.
 *
 * <p>Each option returns a new value; immutable, and equal if all options are.
 */
public final class Mise implements BatchedCheck {
  private final String dir;
  private final String checkTask;
  private final String applyTask;
  private final @Nullable WorkingCopy copy;
  private final boolean trusted;
  private final TaskEnvironment around;

  private Mise(
      String dir,
      String checkTask,
      String applyTask,
      @Nullable WorkingCopy copy,
      boolean trusted,
      TaskEnvironment around) {
    this.dir = dir;
    this.checkTask = checkTask;
    this.applyTask = applyTask;
    this.copy = copy;
    this.trusted = trusted;
    this.around = around;
  }

  /**
   * The tasks {@code check} and {@code apply} of the configuration in this directory.
   *
   * @param directory absolute, without {@code ..}
   * @throws IllegalArgumentException if it is not
   */
  public static Mise in(String directory) {
    boolean climbs = (directory + "/").contains("/../");
    if (!directory.startsWith("/") || climbs || directory.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "working_dir is '"
              + directory
              + "', must be an absolute path without '..', such as /opt/app");
    }
    String whole = directory.replaceAll("/(\\.?/)+", "/").replaceFirst("(?<=.)/\\.?$", "");
    return new Mise(whole, "check", "apply", null, false, TaskEnvironment.NONE);
  }

  /**
   * Checks by this task.
   *
   * @throws IllegalArgumentException if it is no name of a task
   */
  public Mise checkTask(String name) {
    return new Mise(dir, checked(name), applyTask, copy, trusted, around);
  }

  /**
   * Applies by this task.
   *
   * @throws IllegalArgumentException if it is no name of a task
   */
  public Mise applyTask(String name) {
    return new Mise(dir, checkTask, checked(name), copy, trusted, around);
  }

  private static String checked(String task) {
    if (task.isBlank() || task.startsWith("-") || task.chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("task is '" + task + "', which no task of mise is named");
    }
    return task;
  }

  /** Keeps the directory at the branch {@code main} of this repository. */
  public Mise git(String url) {
    return git(url, "main");
  }

  /**
   * Keeps the directory at a branch of a repository. The host fetches, as the user that the tasks
   * run as, with that user's keys. Changes and commits made there by hand are told and left alone.
   *
   * @param url {@code https://}, {@code ssh://}, {@code user@host:path} or {@code file:///}
   * @throws IllegalArgumentException if it is something else, has a password in it, or the branch
   *     is no name of one
   */
  public Mise git(String url, String branch) {
    return new Mise(
        dir, checkTask, applyTask, new WorkingCopy(url, branch, false), trusted, around);
  }

  /**
   * Changes and commits made by hand in the working copy may go, if they are in the way.
   *
   * @throws IllegalArgumentException if {@link #git} was not called before
   */
  public Mise discardLocalChanges() {
    if (copy == null) {
      throw new IllegalArgumentException("discard_local_changes says nothing without git");
    }
    return new Mise(dir, checkTask, applyTask, copy.discarding(), trusted, around);
  }

  /** Runs the configuration in the directory whether or not mise was told to trust it. */
  public Mise trusted() {
    return new Mise(dir, checkTask, applyTask, copy, true, around);
  }

  /** Sets an environment variable for Git and both tasks. */
  public Mise env(String name, String value) {
    return with(around.env(name, value));
  }

  /** Sets an environment variable for Git and both tasks, whose value is not to be shown. */
  public Mise env(String name, Secret value) {
    return with(around.env(name, requireNonNull(value, "value")));
  }

  /** Runs Git and both tasks as this user. */
  public Mise runAs(String user) {
    return with(around.runAs(user));
  }

  private Mise with(TaskEnvironment changed) {
    return new Mise(dir, checkTask, applyTask, copy, trusted, changed);
  }

  @Override
  public List<Command> checkCommands() {
    String compare = copy == null ? "" : MiseScripts.GIT + MiseScripts.COMPARE;
    return List.of(script(checkTask, compare + MiseScripts.NO_INSTALL + MiseScripts.RUN));
  }

  @Override
  public CheckResult interpret(List<CommandResult> results) {
    return new MiseAnswer(dir, checkTask, copy, results.get(0)).ofCheck();
  }

  @Override
  public void apply(Host host) {
    String update = copy == null ? "" : MiseScripts.GIT + MiseScripts.UPDATE;
    CommandResult result = host.run(script(applyTask, update + MiseScripts.RUN));
    new MiseAnswer(dir, applyTask, copy, result).ofApply();
  }

  private Command script(String task, String text) {
    StringBuilder values = new StringBuilder();
    values.append("dir=").append(quote(dir)).append("\ntask=").append(quote(task));
    values.append("\ntrust=").append(trusted ? "yes" : "").append('\n');
    if (copy != null) {
      values.append("url=").append(quote(copy.url())).append("\nbranch=");
      values.append(quote(copy.branch())).append("\ndiscard=").append(copy.discard() ? "yes" : "");
      values.append("\nmark=").append(Integer.toHexString(dir.hashCode())).append('\n');
    }
    return around.command(values + text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mise that
        && dir.equals(that.dir)
        && checkTask.equals(that.checkTask)
        && applyTask.equals(that.applyTask)
        && Objects.equals(copy, that.copy)
        && trusted == that.trusted
        && around.equals(that.around);
  }

  @Override
  public int hashCode() {
    return Objects.hash(dir, checkTask, applyTask, copy, trusted, around);
  }

  /** The directory, the tasks, and where the directory comes from. */
  @Override
  public String toString() {
    String from = copy == null ? "" : " from " + copy;
    return "mise " + checkTask + " and " + applyTask + " in " + dir + from;
  }
}
