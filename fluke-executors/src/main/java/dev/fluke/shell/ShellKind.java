package dev.fluke.shell;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.SecretOrText;
import dev.fluke.executor.Settings;
import java.util.List;
import java.util.Map;

/** The YAML kind {@code shell}, which declares a {@link Shell}. Stateless. */
public final class ShellKind implements ExecutorKind {
  private static final Field<String> CHECK =
      Field.text("check", "exits 0 if everything is as it must be, 75 if it can't tell")
          .required()
          .ifWrong("a command that is not found: drift, reported as doubtful");
  private static final Field<String> COMMAND =
      Field.text("command", "makes it so; can run twice")
          .required()
          .ifWrong("`>>` in it is a warning; a check that still fails after it: not convergent");
  private static final Field<String> WORKING_DIR =
      Field.path("working_dir", "the directory in which both run")
          .unlessGiven("the user's home")
          .ifWrong("one that is missing: unknown");
  private static final Field<String> RUN_AS =
      Field.name("run_as", "the user who runs both")
          .unlessGiven("the login user")
          .ifWrong("so is an invalid user name; a user who can't be switched to: unknown");
  private static final Field<Map<String, SecretOrText>> ENV =
      Field.secretsOrTexts("env", "environment variables of both")
          .unlessGiven("no variables")
          .ifWrong("so is an invalid variable name");

  /** For {@link java.util.ServiceLoader}. */
  public ShellKind() {}

  @Override
  public String name() {
    return "shell";
  }

  @Override
  public String about() {
    return "Two shell commands of your own: a check, and a command that makes it pass.";
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(CHECK, COMMAND, WORKING_DIR, RUN_AS, ENV);
  }

  @Override
  public Executor read(Settings values) {
    Shell shell = Shell.check(values.get(CHECK)).command(values.get(COMMAND));
    shell = values.find(WORKING_DIR).map(shell::in).orElse(shell);
    shell = values.find(RUN_AS).map(shell::runAs).orElse(shell);
    for (var variable : values.find(ENV).orElse(Map.of()).entrySet()) {
      shell = withEnv(shell, variable.getKey(), variable.getValue());
    }
    return shell;
  }

  private static Shell withEnv(Shell shell, String name, SecretOrText value) {
    return value.fold(text -> shell.env(name, text), secret -> shell.env(name, secret));
  }
}
