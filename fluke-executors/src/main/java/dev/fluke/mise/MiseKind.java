package dev.fluke.mise;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.SecretOrText;
import dev.fluke.executor.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The YAML kind {@code mise}, which declares a {@link Mise}. Stateless. */
public final class MiseKind implements ExecutorKind {
  private static final Field<String> WORKING_DIR =
      Field.path("working_dir", "the directory that defines the tasks")
          .required()
          .ifWrong("one that is missing, without `git`, or that others can write: unknown");
  private static final Field<String> CHECK_TASK =
      Field.name("check_task", "exits 0 if everything is as it must be, 75 if it can't tell")
          .or("check")
          .ifWrong("a missing task: unknown; the reason lists the others");
  private static final Field<String> APPLY_TASK =
      Field.name("apply_task", "makes it so; can run twice")
          .or("apply")
          .ifWrong("a missing task: the apply fails");
  private static final Field<String> URL =
      Field.name("url", "`https://`, `ssh://`, `user@host:path` or `file:///`")
          .required()
          .ifWrong(
              "so are other schemes, a password, and a user or query of https; an unreachable one: unknown");
  private static final Field<String> BRANCH =
      Field.name("branch", "the branch that the directory is kept at")
          .or("main")
          .ifWrong("so is an invalid branch name; a missing branch: unknown");
  private static final Field<Boolean> DISCARD =
      Field.flag("discard_local_changes", "delete local changes and commits")
          .or(false)
          .ifWrong("if there are any and this is `false`: the apply fails and changes nothing");
  private static final Field<Settings> GIT =
      Field.group("git", "the repository of the directory", URL, BRANCH, DISCARD)
          .unlessGiven("the directory exists already");
  private static final Field<Boolean> TRUST =
      Field.flag("trust", "run a configuration that mise does not trust")
          .or(false)
          .ifWrong("if mise does not trust it and this is `false`: unknown");
  private static final Field<String> RUN_AS =
      Field.name("run_as", "the user who runs Git and both tasks")
          .unlessGiven("the login user")
          .ifWrong("so is an invalid user name; a user who can't be switched to: unknown");
  private static final Field<Map<String, SecretOrText>> ENV =
      Field.secretsOrTexts("env", "environment variables of Git and both tasks")
          .unlessGiven("no variables")
          .ifWrong("so is an invalid variable name");

  /** For {@link java.util.ServiceLoader}. */
  public MiseKind() {}

  @Override
  public String name() {
    return "mise";
  }

  @Override
  public String about() {
    return "Two tasks of mise: a check, and one that makes it pass; in a directory, or a clone.";
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(WORKING_DIR, CHECK_TASK, APPLY_TASK, GIT, TRUST, RUN_AS, ENV);
  }

  @Override
  public Executor read(Settings values) {
    Mise mise = Mise.in(values.get(WORKING_DIR));
    mise = mise.checkTask(values.get(CHECK_TASK)).applyTask(values.get(APPLY_TASK));
    Optional<Settings> git = values.find(GIT);
    if (git.isPresent()) {
      mise = mise.git(git.get().get(URL), git.get().get(BRANCH));
      mise = git.get().get(DISCARD) ? mise.discardLocalChanges() : mise;
    }
    mise = values.get(TRUST) ? mise.trusted() : mise;
    mise = values.find(RUN_AS).map(mise::runAs).orElse(mise);
    for (var variable : values.find(ENV).orElse(Map.of()).entrySet()) {
      mise = withEnv(mise, variable.getKey(), variable.getValue());
    }
    return mise;
  }

  private static Mise withEnv(Mise mise, String name, SecretOrText value) {
    return value.fold(text -> mise.env(name, text), secret -> mise.env(name, secret));
  }
}
