package dev.fluke.transport;

import dev.fluke.command.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * As whom sudo allows a shell, as far as that is known. Where it allows none, but may allow single
 * programs, these run in a shell of the login user, see {@link UserShell#piped}.
 */
final class SudoRights {
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);

  private final Map<String, Boolean> shells = new HashMap<>();
  private final Target target;

  SudoRights(Target target) {
    this.target = target;
  }

  /**
   * Finds out what is not known of those who are to run nothing but programs. Others just get their
   * shell or not: a shell that sudo refuses is written into the host's log.
   */
  void find(List<Command> commands, KeptShells kept)
      throws InterruptedException, UnreachableException, IOException {
    HostCapabilities host = kept.login().host();
    if (host.isRoot() || kept.lent() != null) {
      return;
    }
    Set<String> unknown = new TreeSet<>();
    for (Command command : commands) {
      UserShell.otherUser(command, host)
          .filter(user -> !shells.containsKey(user))
          .ifPresent(unknown::add);
    }
    for (Command command : commands) {
      if (command.script().isPresent()) {
        command.runAs().ifPresent(unknown::remove);
      }
    }
    if (!unknown.isEmpty()) {
      ask(List.copyOf(unknown), kept);
    }
  }

  private void ask(List<String> users, KeptShells kept)
      throws InterruptedException, UnreachableException, IOException {
    List<Command> asks =
        users.stream()
            .map(user -> Command.shell(Sudo.asksForShell(user)).timeout(TO_ANSWER))
            .toList();
    List<Answer> answers = new CheckRound(asks, kept.login(), target).run();
    for (int i = 0; i < users.size(); i++) {
      boolean allowed = answers.get(i).fold(result -> result.succeeded(), none -> true);
      shells.put(users.get(i), allowed);
    }
  }

  /** The shell that runs this command. */
  UserShell shellFor(Command command, HostCapabilities host) {
    UserShell kind = UserShell.of(command, host, target);
    return mayRunAlone(command, kind) && Boolean.FALSE.equals(shells.get(kind.user()))
        ? UserShell.piped(kind.user())
        : kind;
  }

  private static boolean mayRunAlone(Command command, UserShell kind) {
    return kind.isOfAnotherUser() && command.script().isEmpty();
  }

  /** Whether this command, whose shell was refused, may yet run without one. */
  boolean mayRunWithout(UserShell refused, Command command, HostCapabilities host) {
    return !host.isRoot() && mayRunAlone(command, refused);
  }

  /** A shell of this kind was had, or refused. */
  void note(UserShell kind, boolean allowed) {
    if (kind.isOfAnotherUser() && !kind.isBash()) {
      shells.put(kind.user(), allowed);
    }
  }
}
