package dev.fluke.testkit;

import dev.fluke.command.CommandResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A unit of systemd on a fake host, which {@code systemctl} shows and changes; {@link
 * FakeHost#unit} creates it.
 *
 * <p>At first it runs and is enabled. Methods that change it return it. Safe for use by any thread.
 */
public final class FakeUnit {
  private static final Pattern CALL = Pattern.compile("\\bsystemctl (?:--user )?([a-z-]+)");

  private final String name;
  private String active = "active";
  private String sub = "running";
  private String file = "enabled";
  private String fails = "";
  private boolean missing;

  FakeUnit(String name) {
    this.name = name;
  }

  /** The unit runs. */
  public synchronized FakeUnit running() {
    return is("active", "running");
  }

  /** The unit does not run. */
  public synchronized FakeUnit stopped() {
    return is("inactive", "dead");
  }

  /** The unit ended with an error. */
  public synchronized FakeUnit failed() {
    return is("failed", "failed");
  }

  /** The unit is starting, and stays so. */
  public synchronized FakeUnit activating() {
    return is("activating", "start");
  }

  private FakeUnit is(String activeState, String subState) {
    active = activeState;
    sub = subState;
    return this;
  }

  /** The unit starts at boot. */
  public synchronized FakeUnit enabled() {
    return file("enabled");
  }

  /** The unit does not start at boot. */
  public synchronized FakeUnit disabled() {
    return file("disabled");
  }

  /** The unit can't be enabled: its file has no installation information. */
  public synchronized FakeUnit isStatic() {
    return file("static");
  }

  /** The unit is masked, so it can't start. */
  public synchronized FakeUnit masked() {
    return file("masked");
  }

  private FakeUnit file(String state) {
    file = state;
    return this;
  }

  /** The host has no unit of this name. */
  public synchronized FakeUnit missing() {
    missing = true;
    return stopped();
  }

  /** Starting the unit fails, and {@code systemctl} prints this on standard error. */
  public synchronized FakeUnit startFails(String why) {
    fails = why;
    return this;
  }

  /** Whether the unit runs. */
  public synchronized boolean isRunning() {
    return active.equals("active");
  }

  /** Whether the unit starts at boot. */
  public synchronized boolean isEnabled() {
    return file.equals("enabled");
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  /** Whether this command of systemctl is about this unit. */
  boolean isNamedIn(String text) {
    Matcher call = CALL.matcher(text);
    return call.find()
        && (call.group(1).equals("daemon-reload")
            || text.substring(call.end())
                .matches("(?s).*[ ']" + Pattern.quote(name) + "(['\\W].*)?"));
  }

  static boolean isShow(String text) {
    Matcher call = CALL.matcher(text);
    return call.find() && call.group(1).equals("show");
  }

  /** Runs this command of systemctl. */
  synchronized CommandResult systemctl(String text) {
    Matcher call = CALL.matcher(text);
    String verb = call.find() ? call.group(1) : "";
    if (missing && !verb.equals("show") && !verb.equals("daemon-reload")) {
      return CommandResult.exited(5).withStderr("Unit " + name + " not found.");
    }
    switch (verb) {
      case "show" -> {
        return CommandResult.exited(0).withStdout(shown());
      }
      case "start", "restart" -> {
        return start();
      }
      case "stop" -> stopped();
      case "enable" -> file(file.equals("static") ? "static" : "enabled");
      case "disable", "unmask" -> file(file.equals("static") ? "static" : "disabled");
      case "mask" -> masked();
      case "reset-failed" -> is(active.equals("failed") ? "inactive" : active, sub);
      case "daemon-reload" -> {}
      default -> {
        return CommandResult.exited(1).withStderr("Unknown command verb '" + verb + "'.");
      }
    }
    return CommandResult.exited(0);
  }

  private CommandResult start() {
    if (file.equals("masked")) {
      return CommandResult.exited(1).withStderr("Unit " + name + " is masked.");
    }
    if (!fails.isEmpty()) {
      failed();
      return CommandResult.exited(1).withStderr(fails);
    }
    running();
    return CommandResult.exited(0);
  }

  private String shown() {
    String load = missing ? "not-found" : file.equals("masked") ? "masked" : "loaded";
    return """
        Id=%s
        LoadState=%s
        ActiveState=%s
        SubState=%s
        Result=%s
        UnitFileState=%s
        Type=simple
        RemainAfterExit=no
        NeedDaemonReload=no
        ConditionResult=yes
        """
        .formatted(
            name,
            load,
            active,
            sub,
            active.equals("failed") ? "exit-code" : "success",
            missing ? "" : file);
  }
}
