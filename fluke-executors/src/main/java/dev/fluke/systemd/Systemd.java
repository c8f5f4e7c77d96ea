package dev.fluke.systemd;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A unit of systemd: running and enabled, unless said otherwise.
 *
 * <p>The check is one {@code systemctl show} as the login user, who needs no rights for it. The
 * apply runs only the verbs that are needed, as root: a login that is not root gets there by {@code
 * sudo -n}, for which sudoers lines that allow these very commands are enough. Each option returns
 * a new value; immutable, and equal if all options are.
 */
public final class Systemd implements BatchedCheck {
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9:_.\\\\@][A-Za-z0-9:_.\\\\@-]*"
              + "\\.(service|socket|timer|path|mount|automount|swap|target|slice)");

  private final String unit;
  private final Activity activity;
  private final Boot boot;
  private final @Nullable String user;

  /** What is declared of the moment. */
  enum Activity {
    RUNNING,
    STOPPED,
    MASKED,
    UNMANAGED
  }

  /** What is declared of the next boot. */
  enum Boot {
    ENABLED,
    DISABLED,
    UNMANAGED
  }

  private Systemd(String unit, Activity activity, Boot boot, @Nullable String user) {
    this.unit = unit;
    this.activity = activity;
    this.boot = activity == Activity.MASKED ? Boot.UNMANAGED : boot;
    this.user = user;
  }

  /**
   * A unit that runs now (is active, in systemd's words) and is enabled for the next boot.
   *
   * @param name with its type, such as {@code nginx.service}, {@code backup.timer} or {@code
   *     worker@1.service}
   * @throws IllegalArgumentException if it is no such name, or that of a template
   */
  public static Systemd unit(String name) {
    if (!NAME.matcher(name).matches() || name.length() > 255) {
      throw new IllegalArgumentException(
          "unit '" + Printable.of(name) + "': must be a name with its type, such as nginx.service");
    }
    if (name.contains("@.")) {
      throw new IllegalArgumentException(
          ("unit '" + name + "': is a template; name an instance of it, such as ")
              + name.replaceFirst("@\\.", "@1."));
    }
    return new Systemd(name, Activity.RUNNING, Boot.ENABLED, null);
  }

  /** It runs; so unless said otherwise. */
  public Systemd running() {
    return new Systemd(unit, Activity.RUNNING, boot, user);
  }

  /** It does not run. Say {@link #disabled} as well, or it is started at the next boot. */
  public Systemd stopped() {
    return new Systemd(unit, Activity.STOPPED, boot, user);
  }

  /** It does not run, and nothing can start it. Whether it is enabled does not count then. */
  public Systemd masked() {
    return new Systemd(unit, Activity.MASKED, boot, user);
  }

  /** Whether it runs is left alone; for a job that a timer or the boot starts and that ends. */
  public Systemd stateUnmanaged() {
    return new Systemd(unit, Activity.UNMANAGED, boot, user);
  }

  /** It is started at boot, or with what else its file names; so unless said otherwise. */
  public Systemd enabled() {
    return new Systemd(unit, activity, Boot.ENABLED, user);
  }

  /** It is not started at boot by itself. */
  public Systemd disabled() {
    return new Systemd(unit, activity, Boot.DISABLED, user);
  }

  /** Whether it is enabled is left alone; for units that can't be, such as static ones. */
  public Systemd enabledUnmanaged() {
    return new Systemd(unit, activity, Boot.UNMANAGED, user);
  }

  /**
   * It is a unit of this user's own manager ({@code systemctl --user}), which runs while the user
   * is logged in, or always after {@code loginctl enable-linger}.
   *
   * @throws IllegalArgumentException if this is no user name
   */
  public Systemd ofUser(String name) {
    requireNonNull(name, "name");
    Command.of("true").runAs(name); // refuses what is no user name
    return new Systemd(unit, activity, boot, name);
  }

  private Systemctl systemctl() {
    return new Systemctl(unit, user);
  }

  @Override
  public List<Command> checkCommands() {
    return List.of(systemctl().show());
  }

  @Override
  public CheckResult interpret(List<CommandResult> results) {
    CommandResult shown = results.get(0);
    return shown.succeeded()
        ? UnitState.of(shown).against(unit, activity, boot)
        : CheckResult.unknown(systemctl().whyNot(shown));
  }

  @Override
  public void apply(Host host) throws Exception {
    new UnitApply(host, systemctl(), activity, boot).run();
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (activity == Activity.STOPPED && boot == Boot.ENABLED) {
      warnings.add(unit + " is declared stopped, and enabled: each boot starts it again");
    }
    if (activity == Activity.UNMANAGED && boot == Boot.UNMANAGED) {
      warnings.add(unit + ": neither its state nor whether it is enabled is managed");
    }
    return warnings;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Systemd that
        && unit.equals(that.unit)
        && activity == that.activity
        && boot == that.boot
        && Objects.equals(user, that.user);
  }

  @Override
  public int hashCode() {
    return Objects.hash(unit, activity, boot, user);
  }

  /** Unit, state and enabled, in the words of YAML. */
  @Override
  public String toString() {
    return unit
        + (user == null ? "" : " of " + user)
        + (": state " + activity.name().toLowerCase(Locale.ROOT))
        + (", enabled " + UnitState.word(boot));
  }
}
