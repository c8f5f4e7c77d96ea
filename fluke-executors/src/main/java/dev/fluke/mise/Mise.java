package dev.fluke.mise;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * State that two mise tasks in a directory of the host declare: {@code check}, which exits 0 if
 * everything is as it must be, and {@code apply}, which makes it so. The directory may be a Git
 * working copy that Fluke clones and moves forward. Then the check first compares it with the
 * branch, and writes nothing.
 *
 * <p>Tasks of parent directories are ignored. A configuration that mise does not trust is not run,
 * unless {@link #trusted()}. A check installs no tools. The author of the tasks makes sure that the
 * check task changes nothing, and that the apply task can run twice.
 *
 * <p>Each option returns a new value. Immutable; two are equal if all their options are.
 */
public final class Mise implements BatchedCheck, Digestible {
  private final MiseTasks tasks;
  private final @Nullable WorkingCopy copy;
  private final TaskEnvironment environment;

  private Mise(MiseTasks tasks, @Nullable WorkingCopy copy, TaskEnvironment environment) {
    this.tasks = tasks;
    this.copy = copy;
    this.environment = environment;
  }

  /**
   * The tasks {@code check} and {@code apply} of the configuration in this directory.
   *
   * @param directory absolute, without {@code ..}
   * @throws IllegalArgumentException if the directory is anything else
   */
  public static Mise in(String directory) {
    return new Mise(MiseTasks.in(directory), null, TaskEnvironment.EMPTY);
  }

  /**
   * Sets the task that checks; {@code check} by default.
   *
   * @throws IllegalArgumentException if this can't be the name of a task
   */
  public Mise checkTask(String name) {
    return with(tasks.check(name));
  }

  /**
   * Sets the task that applies; {@code apply} by default.
   *
   * @throws IllegalArgumentException if this can't be the name of a task
   */
  public Mise applyTask(String name) {
    return with(tasks.apply(name));
  }

  /** Keeps the directory at the branch {@code main} of this repository. */
  public Mise git(String url) {
    return git(url, "main");
  }

  /**
   * Keeps the directory at a branch of a repository. The host fetches, as the user who runs the
   * tasks and with that user's keys. Local changes and commits are reported as drift and kept,
   * unless {@link #discardLocalChanges()}.
   *
   * @param url {@code https://}, {@code ssh://}, {@code user@host:path} or {@code file:///}
   * @throws IllegalArgumentException if the URL is anything else or contains a password, or the
   *     branch is not a valid branch name
   */
  public Mise git(String url, String branch) {
    return with(new WorkingCopy(url, branch, false));
  }

  /**
   * Lets an apply delete local changes and commits of the working copy.
   *
   * @throws IllegalArgumentException if {@link #git} was not called before
   */
  public Mise discardLocalChanges() {
    if (copy == null) {
      throw new IllegalArgumentException("discard_local_changes has no effect without git");
    }
    return with(copy.discarding());
  }

  /** Runs the configuration in the directory whether or not mise trusts it. */
  public Mise trusted() {
    return with(tasks.trust());
  }

  /** Sets an environment variable for Git and both tasks. */
  public Mise env(String name, String value) {
    return with(environment.env(name, value));
  }

  /** Sets an environment variable for Git and both tasks; no report shows its value. */
  public Mise env(String name, Secret value) {
    return with(environment.env(name, requireNonNull(value, "value")));
  }

  /**
   * Runs Git and both tasks as this user. By default, as the login user.
   *
   * @throws IllegalArgumentException if this is not a valid user name
   */
  public Mise runAs(String user) {
    return with(environment.runAs(user));
  }

  private Mise with(MiseTasks other) {
    return new Mise(other, copy, environment);
  }

  private Mise with(WorkingCopy other) {
    return new Mise(tasks, other, environment);
  }

  private Mise with(TaskEnvironment other) {
    return new Mise(tasks, copy, other);
  }

  @Override
  public Mise withSecrets(UnaryOperator<Secret> values) {
    return with(environment.withSecrets(values));
  }

  @Override
  public List<Command> checkCommands() {
    return List.of(command("check", tasks.check(), MiseScripts.check(tasks, copy)));
  }

  private Command command(String verb, String task, String script) {
    String shown = "mise %s of task '%s' in %s".formatted(verb, task, tasks.directory());
    return environment.shell(script).shownAs(shown);
  }

  @Override
  public CheckResult interpret(List<CommandResult> results) {
    return answer(tasks.check(), results.get(0)).ofCheck();
  }

  @Override
  public void apply(Host host) {
    CommandResult result =
        host.run(command("apply", tasks.apply(), MiseScripts.apply(tasks, copy)));
    answer(tasks.apply(), result).ofApply();
  }

  private MiseAnswer answer(String task, CommandResult result) {
    return new MiseAnswer(tasks.directory(), task, copy, result);
  }

  @Override
  public void digestInto(Digest into) {
    into.add(tasks.directory()).add(tasks.check()).add(tasks.apply()).add(tasks.trusted());
    into.add(environment.env()).add(environment.runAs()).add(copy != null);
    if (copy != null) {
      into.add(copy.url()).add(copy.branch()).add(copy.discard());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mise that
        && tasks.equals(that.tasks)
        && Objects.equals(copy, that.copy)
        && environment.equals(that.environment);
  }

  @Override
  public int hashCode() {
    return Objects.hash(tasks, copy, environment);
  }

  /** The tasks, the directory, and the repository of the directory. */
  @Override
  public String toString() {
    String from = copy == null ? "" : " from " + copy;
    return "mise %s and %s in %s%s"
        .formatted(tasks.check(), tasks.apply(), tasks.directory(), from);
  }
}
