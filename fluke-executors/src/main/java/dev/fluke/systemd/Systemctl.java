package dev.fluke.systemd;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.ShellQuoting;
import org.jspecify.annotations.Nullable;

/**
 * The commands for one unit: of the system's manager, or of a user's.
 *
 * @param user whose manager it is; null for the system's
 */
record Systemctl(String unit, @Nullable String user) {
  private static final String PROPERTIES =
      "Id,LoadState,LoadError,ActiveState,SubState,Result,UnitFileState,FragmentPath,Type,"
          + "RemainAfterExit,NeedDaemonReload,ConditionResult";

  /** A manager is found by this alone; a login by SSH, sudo or runuser may come without it. */
  private static final String BUS = "export XDG_RUNTIME_DIR=/run/user/$(id -u); ";

  /**
   * Asks for all that is of interest. On the way from one state to another it looks again, 3 s at
   * most: a check that stood still for 5 s would hold up those of other tasks.
   */
  Command show() {
    String show = call() + "show --property=" + PROPERTIES + " -- " + ShellQuoting.quote(unit);
    Command command =
        Command.shell(
            bus()
                + "for n in 1 2 3 4 5 6 7; do s=$("
                + show
                + ") || exit; case $s in"
                + " *SubState=auto-restart*) break;;"
                + " *ActiveState=activating*|*ActiveState=deactivating*|"
                + "*ActiveState=reloading*|*ActiveState=refreshing*)"
                + " test $n = 7 || sleep 0.5;;"
                + " *) break;; esac; done; printf '%s\\n' \"$s\"");
    return user == null ? command : command.runAs(user);
  }

  /** A verb that changes something, such as {@code start}, and what it is about. */
  Command change(String verb, String... words) {
    if (user == null) {
      String[] all = new String[words.length + 1];
      all[0] = verb;
      System.arraycopy(words, 0, all, 1, words.length);
      return Command.of("systemctl", all).runAs("root");
    }
    StringBuilder script = new StringBuilder(bus()).append("exec ").append(call()).append(verb);
    for (String word : words) {
      script.append(' ').append(ShellQuoting.quote(word));
    }
    return Command.shell(script.toString()).runAs(user);
  }

  private String bus() {
    return user == null ? "" : BUS;
  }

  private String call() {
    return user == null ? "systemctl " : "systemctl --user ";
  }

  /** Why {@link #show} was not answered. Never a finding about the unit. */
  String whyNot(CommandResult shown) {
    String said = shown.tail(400);
    if (shown.exitStatus() == 127) {
      return "no systemctl on this host: " + said;
    }
    if (said.contains("not been booted with systemd")) {
      return "this host was not booted with systemd: " + said;
    }
    if (!said.contains("connect to bus")) {
      return "systemctl show ended with status " + shown.exitStatus() + ": " + said;
    }
    return "no bus: "
        + said
        + (user == null
            ? ""
            : "; the manager of user " + user + " does not run: loginctl enable-linger " + user);
  }

  /** What allows it, for a command that sudo refused to this login user. */
  String sudoersLine(String login, Command refused) {
    return login
        + " ALL=("
        + (user == null ? "root" : user)
        + ") NOPASSWD: "
        + (user == null ? "/usr/bin/" + refused.text() : "ALL");
  }
}
