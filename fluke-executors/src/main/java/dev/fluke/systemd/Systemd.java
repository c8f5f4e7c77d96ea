package dev.fluke.systemd;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Digestible;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import dev.fluke.systemd.UnitDeclaration.Activity;
import dev.fluke.systemd.UnitDeclaration.Boot;
import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A unit of systemd; by default it runs, and is enabled.
 *
 * <p>The check is one {@code systemctl show} as the login user, who needs no privileges for it. The
 * apply runs only the verbs that are needed, as root. A login that is not root uses {@code sudo
 * -n}; sudoers lines that allow exactly these commands are enough.
 *
 * <p>Each option returns a new value. One that contradicts an earlier one, such as {@link #running}
 * after {@link #masked}, throws {@link IllegalArgumentException}. Immutable; two are equal if all
 * their options are.
 */
public final class Systemd implements BatchedCheck, Digestible {
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9:_.\\\\@][A-Za-z0-9:_.\\\\@-]*"
              + "\\.(service|socket|timer|path|mount|automount|swap|target|slice|scope)");

  private final UnitDeclaration declared;
  private final boolean saysActivity;
  private final boolean saysBoot;

  private Systemd(UnitDeclaration declared, boolean saysActivity, boolean saysBoot) {
    this.declared = declared;
    this.saysActivity = saysActivity;
    this.saysBoot = saysBoot;
  }

  /**
   * A unit that runs now ({@code active} in systemd's words) and is enabled at boot.
   *
   * @param name with its type, such as {@code nginx.service}, {@code backup.timer} or {@code
   *     worker@1.service}
   * @throws IllegalArgumentException if this is not a unit's name, or names a template
   */
  public static Systemd unit(String name) {
    if (name.endsWith(".device")) {
      throw new IllegalArgumentException(
          "unit '%s': is a device, which systemd neither starts nor stops"
              .formatted(Printable.of(name)));
    }
    if (!NAME.matcher(name).matches() || name.length() > 255) {
      throw new IllegalArgumentException(
          "unit '%s': must be a name with its type, such as nginx.service"
              .formatted(Printable.of(name)));
    }
    if (name.contains("@.")) {
      throw new IllegalArgumentException(
          "unit '%s': is a template; name an instance of it, such as %s"
              .formatted(name, name.replaceFirst("@\\.", "@1.")));
    }
    return new Systemd(UnitDeclaration.of(name), false, false);
  }

  /** The unit runs: the default. */
  public Systemd running() {
    return with(Activity.RUNNING);
  }

  /** The unit does not run. Call {@link #disabled} as well, or the next boot starts it. */
  public Systemd stopped() {
    return with(Activity.STOPPED);
  }

  /** The unit does not run, and nothing can start it. Enabled is not managed then. */
  public Systemd masked() {
    return with(Activity.MASKED);
  }

  /** Fluke neither starts nor stops the unit; for a job that a timer starts and that ends. */
  public Systemd stateUnmanaged() {
    return with(Activity.UNMANAGED);
  }

  /** The unit starts at boot, or with the units that its file names: the default. */
  public Systemd enabled() {
    return with(Boot.ENABLED);
  }

  /** The unit does not start at boot, unless another unit starts it. */
  public Systemd disabled() {
    return with(Boot.DISABLED);
  }

  /** Fluke neither enables nor disables the unit; for units without it, such as static ones. */
  public Systemd enabledUnmanaged() {
    return with(Boot.UNMANAGED);
  }

  /**
   * The unit belongs to this user's own manager ({@code systemctl --user}), which runs while the
   * user is logged in, or always after {@code loginctl enable-linger}. By default, to the system's.
   *
   * @throws IllegalArgumentException if this is not a valid user name
   */
  public Systemd ofUser(String name) {
    requireNonNull(name, "name");
    Command.of("true").runAs(name); // checks the name
    return new Systemd(declared.user(name), saysActivity, saysBoot);
  }

  private Systemd with(Activity activity) {
    if (saysActivity && activity != declared.activity()) {
      throw contradiction(
          "state is %s already, and can't be %s too"
              .formatted(inYaml(declared.activity()), inYaml(activity)));
    }
    if (activity == Activity.MASKED && saysBoot) {
      requireUnmanaged(declared.boot());
    }
    return new Systemd(declared.activity(activity), true, saysBoot);
  }

  private Systemd with(Boot boot) {
    if (declared.activity() == Activity.MASKED) {
      requireUnmanaged(boot);
    } else if (saysBoot && boot != declared.boot()) {
      throw contradiction(
          "enabled is %s already, and can't be %s too"
              .formatted(declared.boot().inYaml(), boot.inYaml()));
    }
    return new Systemd(declared.boot(boot), saysActivity, true);
  }

  private void requireUnmanaged(Boot boot) {
    if (boot != Boot.UNMANAGED) {
      throw contradiction("a masked unit is neither enabled nor disabled; leave out 'enabled'");
    }
  }

  private IllegalArgumentException contradiction(String why) {
    return new IllegalArgumentException("unit '%s': %s".formatted(declared.unit(), why));
  }

  private static String inYaml(Activity activity) {
    return activity.name().toLowerCase(Locale.ROOT);
  }

  private Systemctl systemctl() {
    return new Systemctl(declared.unit(), declared.user());
  }

  @Override
  public List<Command> checkCommands() {
    return List.of(systemctl().show());
  }

  @Override
  public CheckResult interpret(List<CommandResult> results) {
    CommandResult shown = results.get(0);
    return shown.succeeded()
        ? new UnitComparison(declared).with(UnitState.of(shown))
        : CheckResult.unknown(systemctl().explain(shown));
  }

  @Override
  public void apply(Host host) throws Exception {
    new UnitApply(host, declared, new SystemctlRunner(host, systemctl())).apply();
  }

  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    Activity activity = declared.activity();
    Boot boot = declared.boot();
    if (activity == Activity.STOPPED && boot == Boot.ENABLED) {
      warnings.add(
          "%s is declared stopped, but enabled: each boot starts it again"
              .formatted(declared.unit()));
    }
    if (activity == Activity.UNMANAGED && boot == Boot.UNMANAGED) {
      warnings.add("%s: neither state nor enabled is managed".formatted(declared.unit()));
    }
    return warnings;
  }

  @Override
  public void digestInto(Digest into) {
    into.add(declared.unit()).add(declared.activity());
    into.add(declared.boot()).add(declared.user());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Systemd that && declared.equals(that.declared);
  }

  @Override
  public int hashCode() {
    return declared.hashCode();
  }

  /** The unit, its state and whether it is enabled, in the words of YAML. */
  @Override
  public String toString() {
    return "%s%s: state %s, enabled %s"
        .formatted(
            declared.unit(),
            declared.user() == null ? "" : " of " + declared.user(),
            inYaml(declared.activity()),
            declared.boot().inYaml());
  }
}
