package dev.fluke.systemd;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Settings;
import java.util.List;
import java.util.Optional;

/** The YAML kind {@code systemd}, which declares a {@link Systemd}. Stateless. */
public final class SystemdKind implements ExecutorKind {
  private static final Field<String> UNIT =
      Field.name("unit", "the unit, with its type, such as nginx.service")
          .required()
          .ifWrong(
              "so is one without a type, or a template; one that is missing on the host: the apply fails");
  private static final Field<String> STATE =
      Field.choice(
              "state",
              "whether it runs; masked: it does not run, and nothing can start it",
              "running",
              "stopped",
              "masked",
              "unmanaged")
          .or("running")
          .ifWrong(
              "a state that the unit can't have, such as a oneshot that ends: the apply fails");
  private static final Field<String> ENABLED =
      Field.choice("enabled", "whether it starts at boot", "true", "false", "unmanaged")
          .unlessGiven("true")
          .ifWrong(
              "so is `true` or `false` beside `state: masked`; a unit that can't be enabled or disabled: the apply fails");
  private static final Field<String> USER =
      Field.name("user", "the user whose manager has the unit, as in systemctl --user")
          .unlessGiven("the system's own unit")
          .ifWrong("so is an invalid user name; one whose manager does not run: unknown");

  /** For {@link java.util.ServiceLoader}. */
  public SystemdKind() {}

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  public String about() {
    return "A unit of systemd: whether it runs, and whether it starts at boot.";
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(UNIT, STATE, ENABLED, USER);
  }

  @Override
  public Executor read(Settings values) {
    Systemd unit = Systemd.unit(values.get(UNIT));
    String state = values.get(STATE);
    Optional<String> enabled = values.find(ENABLED);
    unit =
        switch (state) {
          case "stopped" -> unit.stopped();
          case "masked" -> unit.masked();
          case "unmanaged" -> unit.stateUnmanaged();
          default -> unit.running();
        };
    if (enabled.isPresent()) {
      unit =
          switch (enabled.get()) {
            case "false" -> unit.disabled();
            case "unmanaged" -> unit.enabledUnmanaged();
            default -> unit.enabled();
          };
    }
    return values.find(USER).map(unit::ofUser).orElse(unit);
  }
}
