package dev.fluke.systemd;

import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code systemctl show} says of a unit, and what that means: the one place that knows
 * systemd's words. The table in {@code docs/systemd.md} is this class in prose.
 */
final class UnitState {
  private final Map<String, String> properties;

  private UnitState(Map<String, String> properties) {
    this.properties = properties;
  }

  static UnitState of(CommandResult shown) {
    Map<String, String> properties = new HashMap<>();
    for (String line : shown.stdout().split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        properties.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    if (!properties.containsKey("ActiveState") || !properties.containsKey("LoadState")) {
      throw new UnitException("systemctl show gave no state, but: " + shown.tail(200));
    }
    return new UnitState(properties);
  }

  /** How it is now. */
  enum Now {
    RUNNING,
    STOPPED,
    FAILED,
    /** Ended by itself, and about to be started again. */
    CRASHING,
    STARTING,
    STOPPING,
    UNCLEAR
  }

  Now now() {
    return switch (value("ActiveState")) {
      case "active" -> Now.RUNNING;
      case "inactive" -> Now.STOPPED;
      case "failed" -> Now.FAILED;
      case "activating" ->
          value("SubState").startsWith("auto-restart") ? Now.CRASHING : Now.STARTING;
      case "reloading", "refreshing" -> Now.STARTING;
      case "deactivating" -> Now.STOPPING;
      default -> Now.UNCLEAR; // such as maintenance, and what systemd has yet to invent
    };
  }

  /** Whether its file lets it be started at boot. */
  enum AtBoot {
    ENABLED,
    /** Enabled below /run, and so not after the next boot. */
    UNTIL_THEN,
    DISABLED,
    MASKED,
    /** It has nothing that could be enabled. */
    CANT
  }

  AtBoot atBoot() {
    return switch (value("UnitFileState")) {
      case "enabled" -> AtBoot.ENABLED;
      case "enabled-runtime" -> AtBoot.UNTIL_THEN;
      case "disabled", "indirect", "linked", "linked-runtime" -> AtBoot.DISABLED;
      case "masked", "masked-runtime" -> AtBoot.MASKED;
      default -> AtBoot.CANT; // static, generated, transient, alias, bad, and none at all
    };
  }

  /** As far as it is not as declared. */
  CheckResult against(String unit, Systemd.Activity activity, Systemd.Boot boot) {
    if (activity == Systemd.Activity.MASKED) {
      return masked();
    }
    return isMissing()
        ? CheckResult.drifted("unit", unit, "not found")
        : activity(activity).and(boot(boot));
  }

  private CheckResult masked() {
    boolean forGood = value("UnitFileState").equals("masked");
    boolean ended = now() == Now.STOPPED || now() == Now.FAILED;
    if (forGood && ended) {
      return CheckResult.inSync();
    }
    String file = value("UnitFileState").isEmpty() ? "without a file" : value("UnitFileState");
    return CheckResult.drifted("state", "masked", (ended ? "" : "running, ") + file);
  }

  private CheckResult activity(Systemd.Activity wanted) {
    return switch (wanted) {
      case RUNNING ->
          switch (now()) {
            case RUNNING -> CheckResult.inSync();
            case STOPPED, FAILED, CRASHING -> CheckResult.drifted("state", "running", active());
            case STARTING, STOPPING, UNCLEAR -> onTheWay();
          };
      case STOPPED ->
          switch (now()) {
            case STOPPED, FAILED -> CheckResult.inSync();
            case RUNNING, CRASHING, STARTING -> CheckResult.drifted("state", "stopped", active());
            case STOPPING, UNCLEAR -> onTheWay();
          };
      case MASKED, UNMANAGED -> CheckResult.inSync();
    };
  }

  private CheckResult onTheWay() {
    return CheckResult.unknown(
        value("Id") + " is " + active() + ", neither running nor stopped; it is asked again later");
  }

  private CheckResult boot(Systemd.Boot wanted) {
    boolean good =
        switch (wanted) {
          case ENABLED -> atBoot() == AtBoot.ENABLED;
          case DISABLED -> atBoot() != AtBoot.ENABLED && atBoot() != AtBoot.UNTIL_THEN;
          case UNMANAGED -> true;
        };
    return good ? CheckResult.inSync() : CheckResult.drifted("enabled", word(wanted), file());
  }

  /** The word of YAML for it. */
  static String word(Systemd.Boot boot) {
    return switch (boot) {
      case ENABLED -> "true";
      case DISABLED -> "false";
      case UNMANAGED -> "unmanaged";
    };
  }

  /** Why nothing can enable it. */
  String whyNotEnabled() {
    String why =
        switch (value("UnitFileState")) {
          case "static", "linked", "linked-runtime" ->
              "its file has no [Install] section; other units start it";
          case "indirect" ->
              "its [Install] section names only other units, in Also=; declare those";
          case "generated" -> "it is made at boot out of another file, such as /etc/fstab";
          case "transient" -> "it was made by a program, and has no file";
          case "alias" -> "it is another name of " + value("Id") + "; declare that";
          default -> "its unit file is of no use: " + value("FragmentPath");
        };
    return value("Id")
        + (" can't be enabled: it is " + file() + ", " + why)
        + "; or say enabled: unmanaged";
  }

  /** Such as {@code inactive (dead)} or {@code failed (start-limit-hit)}. */
  String active() {
    boolean failed = now() == Now.FAILED;
    return value("ActiveState") + " (" + value(failed ? "Result" : "SubState") + ")";
  }

  private String file() {
    return value("UnitFileState").isEmpty() ? "without a file" : value("UnitFileState");
  }

  /** Its own name, where another one may have been declared. */
  String id() {
    return value("Id");
  }

  String path() {
    return value("FragmentPath");
  }

  boolean isMissing() {
    return value("LoadState").equals("not-found");
  }

  boolean isMasked() {
    return value("LoadState").equals("masked") || atBoot() == AtBoot.MASKED;
  }

  boolean isMaskedUntilBoot() {
    return value("UnitFileState").equals("masked-runtime");
  }

  /** What keeps systemd from using its file; empty if nothing does. */
  String loadError() {
    boolean good = value("LoadState").equals("loaded") || value("LoadState").equals("masked");
    return good ? "" : value("LoadState") + " " + value("LoadError");
  }

  boolean needsReload() {
    return value("NeedDaemonReload").equals("yes");
  }

  /** Ends when its work is done, and is not called running after it. */
  boolean neverStays() {
    return value("Type").equals("oneshot") && value("RemainAfterExit").equals("no");
  }

  boolean isConditionMissed() {
    return value("ConditionResult").equals("no");
  }

  private String value(String property) {
    return properties.getOrDefault(property, "");
  }
}
