package dev.fluke.transport;

import dev.fluke.command.Command;
import java.util.Optional;

/**
 * Which shell it is. What runs as one user never shares a shell, or its channel, with what runs as
 * another.
 *
 * @param user whose commands it runs; empty for those of the login user
 * @param program the shell, as its path
 * @param isPiped whether it is a shell of the login user that becomes the user for each command:
 *     its output goes through pipes, so that these commands can't read its input
 */
record UserShell(String user, String program, boolean isPiped) {
  private static final String SH = "/bin/sh";

  /** The shell of the login user. */
  static final UserShell LOGIN = new UserShell("", SH, false);

  /** The shell that runs this command: of its user, and a bash if its text is for one. */
  static UserShell of(Command command, HostCapabilities host, Target target) {
    boolean keepsDefault = command.script().isPresent() && command.usesDefaultShell();
    String program = target.defaultShell();
    return new UserShell(
        otherUser(command, host).orElse(""), keepsDefault && isBash(program) ? program : SH, false);
  }

  /** A shell of the login user for commands of this user. */
  static UserShell piped(String user) {
    return new UserShell(user, SH, true);
  }

  /** Whom a command runs as, if that is not the user of the shells on the host. */
  static Optional<String> otherUser(Command command, HostCapabilities host) {
    return command.runAs().filter(user -> !user.equals(host.user()));
  }

  /** Whether the shell itself runs as another user than the one who is logged in. */
  boolean isOfAnotherUser() {
    return !user.isEmpty() && !isPiped;
  }

  boolean isBash() {
    return isBash(program);
  }

  /** Whether this program is a bash. */
  static boolean isBash(String program) {
    return program.endsWith("/bash");
  }

  /** Words that run a script, which is to follow, in the program. A bash reads no ~/.bashrc. */
  String running() {
    return program + (isBash() ? " --norc -c " : " -c ");
  }
}
