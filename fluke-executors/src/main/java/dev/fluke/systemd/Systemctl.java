package dev.fluke.systemd;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.ShellQuoting;
import dev.fluke.command.internal.ShellScript;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands for one unit, of the system's manager or of a user's.
 *
 * @param user whose manager has the unit; null for the system's
 */
record Systemctl(String unit, @Nullable String user) {
  private static final ShellScript SHOW = ShellScript.resource(Systemctl.class, "show.sh");
  private static final ShellScript LINKS = ShellScript.resource(Systemctl.class, "links.sh");
  private static final ShellScript LINKS_OF_SYSTEM =
      LINKS
          .with("SYSTEMCTL", "systemctl")
          .with("CONFIG", "/etc/systemd/system")
          .with("RUNTIME", "/run/systemd/system")
          .with("GLOBAL", "");
  private static final ShellScript LINKS_OF_USER =
      LINKS
          .with("SYSTEMCTL", "systemctl --user")
          .with("CONFIG", "${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user")
          .with("RUNTIME", "$XDG_RUNTIME_DIR/systemd/user")
          .with("GLOBAL", "/etc/systemd/user/*.wants /etc/systemd/user/*.requires");

  private static final String PROPERTIES =
      "Id,LoadState,LoadError,ActiveState,SubState,Result,UnitFileState,FragmentPath,Type,"
          + "RemainAfterExit,NeedDaemonReload,ConditionResult,RefuseManualStart,RefuseManualStop,"
          + "SourcePath,WantedBy,RequiredBy,UpheldBy,TriggeredBy";

  /** Leads systemctl to the user's manager; a login by SSH, sudo or runuser may lack it. */
  private static final String BUS = "export XDG_RUNTIME_DIR=/run/user/$(id -u)";

  /**
   * Prints the properties that {@link UnitState#of} parses. While the unit changes its state, the
   * command asks again for up to 3 s: a check that stands still for 5 s would delay other tasks.
   */
  Command show() {
    return show("");
  }

  /** As {@link #show}, and what an apply has to know of the links that systemctl makes. */
  Command showWithLinks() {
    ShellScript links = user == null ? LINKS_OF_SYSTEM : LINKS_OF_USER;
    return show(links.withQuoted("UNIT", unit).text());
  }

  private Command show(String then) {
    String text =
        SHOW.with("BUS", user == null ? "" : BUS)
            .with("SYSTEMCTL", user == null ? "systemctl" : "systemctl --user")
            .with("PROPERTIES", PROPERTIES)
            .withQuoted("UNIT", unit)
            .with("THEN", then)
            .text();
    String shown = "systemctl %sshow %s".formatted(user == null ? "" : "--user ", unit);
    Command command = Command.shell(text).shownAs(shown).asQuestion();
    return user == null ? command : command.runAs(user);
  }

  /** Runs a verb that changes something, such as {@code start}, with these arguments. */
  Command change(String verb, String... arguments) {
    if (user == null) {
      List<String> words = new ArrayList<>(List.of(verb));
      words.addAll(List.of(arguments));
      return Command.of("systemctl", words.toArray(String[]::new)).runAs("root");
    }
    StringBuilder verbs = new StringBuilder("systemctl --user " + verb);
    for (String argument : arguments) {
      verbs.append(' ').append(ShellQuoting.quote(argument));
    }
    String script = BUS + "; exec " + verbs;
    return Command.shell(script).shownAs(verbs.toString()).runAs(user);
  }

  /** Why {@link #show} failed. A failure says nothing about the unit. */
  String explain(CommandResult failure) {
    String printed = failure.tail(400);
    if (failure.exitStatus() == 127) {
      return "no systemctl on this host: " + printed;
    }
    if (printed.contains("not been booted with systemd")) {
      return "this host was not booted with systemd: " + printed;
    }
    if (!printed.contains("connect to bus")) {
      return "systemctl show ended with status %d: %s".formatted(failure.exitStatus(), printed);
    }
    return user == null
        ? "no bus: " + printed
        : "no bus: %s; the manager of user %s does not run: loginctl enable-linger %s"
            .formatted(printed, user, user);
  }

  /**
   * A command as sudoers has it. The quotes of a shell mean nothing there. A backslash stands for
   * itself if there are four: sudo reads it twice.
   */
  static String inSudoers(String command) {
    return command.replace("'", "").replace("\\", "\\\\\\\\").replaceAll("[:,=]", "\\\\$0");
  }

  /** The sudoers line that lets this login user run the command that sudo refused. */
  String sudoersLine(String login, Command refused) {
    return user == null
        ? "%s ALL=(root) NOPASSWD: /usr/bin/%s".formatted(login, inSudoers(refused.text()))
        : "%s ALL=(%s) NOPASSWD: ALL".formatted(login, user);
  }
}
