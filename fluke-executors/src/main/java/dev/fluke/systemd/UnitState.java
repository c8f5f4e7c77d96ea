package dev.fluke.systemd;

import dev.fluke.command.CommandResult;
import java.util.HashMap;
import java.util.Map;

/**
 * The properties that {@code systemctl show} prints for a unit, and what they mean. No other class
 * knows systemd's words. The tables in {@code docs/systemd.md} describe this class.
 */
final class UnitState {
  private final Map<String, String> properties;

  private UnitState(Map<String, String> properties) {
    this.properties = properties;
  }

  /**
   * Parses what {@link Systemctl#show} printed.
   *
   * @throws UnitException if it does not contain the state of a unit
   */
  static UnitState of(CommandResult shown) {
    Map<String, String> properties = new HashMap<>();
    for (String line : shown.stdout().split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        properties.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    if (!properties.containsKey("ActiveState") || !properties.containsKey("LoadState")) {
      throw new UnitException("systemctl show printed no state, but: " + shown.tail(200));
    }
    return new UnitState(properties);
  }

  /** What the unit does now. */
  enum RunState {
    RUNNING,
    STOPPED,
    FAILED,
    /** It ended by itself, and systemd is about to start it again. */
    CRASHING,
    STARTING,
    STOPPING,
    UNCLEAR
  }

  RunState runState() {
    return switch (value("ActiveState")) {
      case "active" -> RunState.RUNNING;
      case "inactive" -> RunState.STOPPED;
      case "failed" -> RunState.FAILED;
      case "activating" ->
          value("SubState").startsWith("auto-restart") ? RunState.CRASHING : RunState.STARTING;
      case "reloading", "refreshing" -> RunState.STARTING;
      case "deactivating" -> RunState.STOPPING;
      default -> RunState.UNCLEAR; // maintenance, and states of later versions of systemd
    };
  }

  /** What systemd does with the unit at boot. */
  enum BootState {
    ENABLED,
    /** Enabled below /run: the next boot forgets it. */
    ENABLED_UNTIL_BOOT,
    DISABLED,
    MASKED,
    /** It has no installation information, so it can't be enabled. */
    NOT_INSTALLABLE
  }

  BootState bootState() {
    return switch (value("UnitFileState")) {
      case "enabled" -> BootState.ENABLED;
      case "enabled-runtime" -> BootState.ENABLED_UNTIL_BOOT;
      case "disabled", "indirect", "linked", "linked-runtime" -> BootState.DISABLED;
      case "masked", "masked-runtime" -> BootState.MASKED;
      default -> BootState.NOT_INSTALLABLE; // static, generated, transient, alias, bad, none
    };
  }

  /** Why systemd can't enable it, and what to declare instead. */
  String whyNotEnabled() {
    String why =
        switch (value("UnitFileState")) {
          case "static", "linked", "linked-runtime" ->
              "its file has no [Install] section; other units start it";
          case "indirect" ->
              "its [Install] section names only other units, in Also=; declare those";
          case "generated" -> "its source is another file, such as /etc/fstab";
          case "transient" -> "a program created it, and it has no file";
          case "alias" -> "it is another name of %s; declare that".formatted(id());
          default -> "its unit file can't be used: " + path();
        };
    return "%s can't be enabled: it is %s, %s; or set enabled: unmanaged"
        .formatted(id(), fileState(), why);
  }

  /** Such as {@code inactive (dead)} or {@code failed (start-limit-hit)}. */
  String active() {
    boolean failed = runState() == RunState.FAILED;
    return "%s (%s)".formatted(value("ActiveState"), value(failed ? "Result" : "SubState"));
  }

  /** Such as {@code enabled} or {@code static}. */
  String fileState() {
    return value("UnitFileState").isEmpty() ? "without a file" : value("UnitFileState");
  }

  /** Its main name; the declared name may be an alias. */
  String id() {
    return value("Id");
  }

  /** The path of its file; empty if it has none. */
  String path() {
    return value("FragmentPath");
  }

  boolean isMissing() {
    return value("LoadState").equals("not-found");
  }

  boolean isMasked() {
    return value("LoadState").equals("masked") || bootState() == BootState.MASKED;
  }

  boolean isMaskedPermanently() {
    return value("UnitFileState").equals("masked");
  }

  boolean isMaskedUntilBoot() {
    return value("UnitFileState").equals("masked-runtime");
  }

  /** What keeps systemd from loading its file; empty if nothing does. */
  String loadError() {
    boolean loaded = value("LoadState").equals("loaded") || value("LoadState").equals("masked");
    return loaded ? "" : value("LoadState") + " " + value("LoadError");
  }

  /** Whether its file changed since systemd loaded it. */
  boolean needsReload() {
    return value("NeedDaemonReload").equals("yes");
  }

  /** Whether it is inactive again as soon as its work is done. */
  boolean neverStaysRunning() {
    return value("Type").equals("oneshot") && value("RemainAfterExit").equals("no");
  }

  boolean isConditionUnmet() {
    return value("ConditionResult").equals("no");
  }

  private String value(String property) {
    return properties.getOrDefault(property, "");
  }
}
