package dev.fluke.shell;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * State declared by two shell commands of the user's own: a check that exits 0 when all is as it
 * should be, and a command that makes it so. Both see the same shell (the agent's default shell),
 * directory, user and environment.
 *
 * <p>That the check is read-only, and the command safe to run twice, is in the hands of who writes
 * them. Each option returns a new value; immutable, and equal if both commands are.
 */
public final class Shell implements CommandCheck, Digestible {
  private final Command check;
  private final Command command;

  private Shell(Command check, Command command) {
    this.check = check;
    this.command = command;
  }

  /**
   * Begins with the check.
   *
   * @param script exits 0 if all is as it should be, 75 if it can't tell, and with anything else
   *     (but 129 to 192, which mean signals) if something is to be done
   * @throws IllegalArgumentException if it is blank or contains a NUL
   */
  public static Check check(String script) {
    return new Check(Command.shell(script).inDefaultShell());
  }

  /** A check that still lacks its command. Immutable. */
  public static final class Check {
    private final Command check;

    private Check(Command check) {
      this.check = check;
    }

    /**
     * Adds the command that makes the check pass.
     *
     * @param script safe to run twice; exits 0 if it worked
     * @throws IllegalArgumentException if it is blank or contains a NUL
     */
    public Shell command(String script) {
      return new Shell(check, Command.shell(script).inDefaultShell());
    }
  }

  /** Runs both in this directory of the host instead of the user's home. */
  public Shell in(String directory) {
    return both(each -> each.in(directory));
  }

  /** Runs both as this user. */
  public Shell runAs(String user) {
    return both(each -> each.runAs(user));
  }

  /** Sets an environment variable for both. */
  public Shell env(String name, String value) {
    return both(each -> each.env(name, value));
  }

  /** Sets an environment variable for both, whose value is not to be shown. */
  public Shell env(String name, Secret value) {
    requireNonNull(value, "value");
    return both(each -> each.env(name, value));
  }

  private Shell both(UnaryOperator<Command> option) {
    return new Shell(option.apply(check), option.apply(command));
  }

  @Override
  public Shell withSecrets(UnaryOperator<Secret> values) {
    return both(each -> each.withSecrets(values));
  }

  @Override
  public Command checkCommand() {
    return check;
  }

  @Override
  public void apply(Host host) {
    host.run(command).orThrow();
  }

  @Override
  public List<String> warnings() {
    return command.text().contains(">>")
        ? List.of("the command appends with '>>'; run twice it would append twice")
        : List.of();
  }

  @Override
  public void digestInto(Digest into) {
    into.add(check).add(command);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Shell that && check.equals(that.check) && command.equals(that.command);
  }

  @Override
  public int hashCode() {
    return 31 * check.hashCode() + command.hashCode();
  }

  /** Both commands. */
  @Override
  public String toString() {
    return "check: " + check + "; command: " + command;
  }
}
