package dev.fluke.systemd;

import dev.fluke.command.CommandResult;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

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
    /** Neither it nor its source says when it starts, so it can't be enabled. */
    NOT_INSTALLABLE
  }

  BootState bootState() {
    return switch (value("UnitFileState")) {
      case "enabled" -> BootState.ENABLED;
      case "enabled-runtime" -> BootState.ENABLED_UNTIL_BOOT;
      case "disabled", "indirect", "linked", "linked-runtime" -> BootState.DISABLED;
      case "masked", "masked-runtime" -> BootState.MASKED;
      case "generated" ->
          isStartedByTarget()
              ? BootState.ENABLED
              : isSysV() ? BootState.DISABLED : BootState.NOT_INSTALLABLE;
      default -> BootState.NOT_INSTALLABLE; // static, transient, alias, bad, none
    };
  }

  /** Whether a target starts it, so that it starts at boot. */
  private boolean isStartedByTarget() {
    return Stream.of("WantedBy", "RequiredBy", "UpheldBy")
        .flatMap(property -> Stream.of(value(property).split(" ", -1)))
        .anyMatch(starter -> starter.endsWith(".target"));
  }

  /** Whether a script in {@code /etc/init.d} is its source. */
  private boolean isSysV() {
    return value("SourcePath").contains("/init.d/");
  }

  /**
   * Whether {@code systemctl enable} would enable it, and not only the units in its {@code Also=}.
   */
  boolean canBeEnabled() {
    boolean onlyAlso = value("UnitFileState").equals("indirect") && value("Installs").equals("no");
    return bootState() != BootState.NOT_INSTALLABLE && !onlyAlso;
  }

  /** Why systemd can't disable it, and what to do instead; empty if it can. */
  String whyNotDisabled() {
    String why = "";
    if (value("UnitFileState").equals("generated") && !isSysV()) {
      why =
          "its source %s says that it starts at boot; change that, or set enabled: unmanaged"
              .formatted(value("SourcePath"));
    } else if (!value("NameLink").isEmpty()) {
      why =
          "the name that is declared is a link of %s, which systemctl disable removes; declare %s"
              .formatted(id(), id());
    } else if (!value("OwnLink").isEmpty()) {
      why =
          "its file is linked from %s, and systemctl disable would remove it from systemd; move the file to /etc/systemd, or set enabled: unmanaged"
              .formatted(value("OwnLink"));
    } else if (!value("GlobalLink").isEmpty()) {
      why =
          "it is enabled for all users; run systemctl --global disable %s as root, or declare it masked"
              .formatted(id());
    }
    return why.isEmpty() ? "" : "%s can't be disabled: %s".formatted(id(), why);
  }

  /**
   * Why systemctl can't remove its mask, and what to do instead; empty if it can.
   *
   * @param ofUser whether the manager is a user's, who can't change what is for all users
   */
  String whyNotUnmasked(boolean ofUser) {
    String name = path().substring(path().lastIndexOf('/') + 1);
    boolean reach =
        ofUser
            ? Stream.of("/etc/", "/usr/", "/lib/", "/run/systemd/").noneMatch(path()::startsWith)
            : Stream.of("/etc/systemd/", "/run/systemd/").anyMatch(path()::startsWith);
    if (path().isEmpty() || (reach && name.equals(id()))) {
      return "";
    }
    return reach
        ? "%s can't be unmasked: it is another name or an instance of %s, which is masked; declare %s, or run systemctl unmask %s"
            .formatted(id(), name, name.contains("@.") ? "no instance of it" : name, name)
        : "%s is still masked after systemctl unmask; remove %s".formatted(id(), path());
  }

  /** The sockets, timers and so on that start it; empty if none do. */
  String triggers() {
    return value("TriggeredBy");
  }

  /** What lies where the link of a mask would be; empty if nothing does. */
  String inPlaceOfMask() {
    return value("OwnPlace");
  }

  /** Whether systemd starts it only for other units, never when it is asked to. */
  boolean refusesStart() {
    return value("RefuseManualStart").equals("yes");
  }

  /** Whether systemd stops it only with other units, never when it is asked to. */
  boolean refusesStop() {
    return value("RefuseManualStop").equals("yes");
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
