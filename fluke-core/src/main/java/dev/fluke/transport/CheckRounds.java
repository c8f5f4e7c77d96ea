package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checks of one question, parted by the shells that run them. Each shell gets its first checks
 * before an answer of any is read, so that they work side by side; those for which the host has no
 * room wait until others have answered.
 */
final class CheckRounds {
  private final List<Command> commands;
  private final KeptShells kept;
  private final SudoRights rights;
  private final ShellLine line;
  private final Target target;
  private final Answer[] answers;

  CheckRounds(
      List<Command> commands, KeptShells kept, SudoRights rights, ShellLine line, Target target) {
    this.commands = commands;
    this.kept = kept;
    this.rights = rights;
    this.line = line;
    this.target = target;
    this.answers = new Answer[commands.size()];
  }

  /** The checks of one shell, and which of all they are. */
  private record Part(CheckRound round, List<Integer> places) {
    KeptShell shell() {
      return round.shell();
    }
  }

  /**
   * Asks until each has its answer.
   *
   * @return one answer for each command, in their order
   * @throws UnreachableException if the host is gone; what was answered stays
   * @throws IOException if the login user can have no shell again; the same
   */
  List<Answer> run() throws InterruptedException, UnreachableException, IOException {
    List<Part> asked = new ArrayList<>();
    List<Part> later = new ArrayList<>();
    try {
      for (Part part : parts()) {
        kept.waitForRoom(asked.isEmpty());
        begin(part, asked, later);
      }
      kept.waitForRoom(true);
      for (Part part : asked) {
        finish(part);
      }
      for (Part part : later) {
        finish(part);
      }
      return List.of(answers);
    } catch (InterruptedException e) {
      kept.endSoon();
      throw e;
    } finally {
      kept.waitForRoom(true);
      kept.wereUsed();
    }
  }

  /**
   * As {@link #run} returns them, for a question that failed: {@code reason} where there is none.
   */
  List<Answer> answersOr(Reason reason, String why) {
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == null) {
        answers[i] = Answer.none(reason, why);
      }
    }
    return List.of(answers);
  }

  private List<Part> parts() throws InterruptedException, UnreachableException, IOException {
    Map<UserShell, List<Integer>> places = new LinkedHashMap<>();
    rights.find(commands, kept);
    HostCapabilities host = kept.login().host();
    for (int i = 0; i < answers.length; i++) {
      UserShell kind = rights.shellFor(commands.get(i), host);
      places.computeIfAbsent(kind, it -> new ArrayList<>()).add(i);
    }
    List<Part> parts = new ArrayList<>();
    places.forEach((kind, all) -> parts.add(part(kind, all)));
    return parts;
  }

  private Part part(UserShell kind, List<Integer> places) {
    List<Command> all = places.stream().map(commands::get).toList();
    return new Part(new CheckRound(all, kept.of(kind), target), places);
  }

  private void begin(Part part, List<Part> asked, List<Part> later)
      throws InterruptedException, UnreachableException, IOException {
    try {
      part.round.begin();
      asked.add(part);
    } catch (IOException e) {
      part.shell().wasUsed();
      if (asked.isEmpty()) {
        refused(part, e);
      } else {
        later.add(part);
      }
    } catch (UnreachableException e) {
      refused(part, e);
    }
  }

  private void finish(Part part) throws InterruptedException, UnreachableException, IOException {
    try {
      part.round.run();
      rights.note(part.shell().kind(), true);
    } catch (UnreachableException | IOException e) {
      refused(part, e);
    } finally {
      take(part);
    }
  }

  private void take(Part part) {
    for (int i = 0; i < part.places.size(); i++) {
      Answer answer = part.round.answer(i);
      if (answer != null) {
        answers[part.places.get(i)] = answer;
      }
    }
  }

  /**
   * That the login user can't have another shell, or become another user, says nothing about the
   * host: it is the answer of those who need that shell.
   */
  private void refused(Part part, Exception e)
      throws InterruptedException, UnreachableException, IOException {
    part.shell().wasUsed();
    KeptShell login = kept.login();
    if (kept.lent() == null) { // or there is a shell that can be asked
      if (part.shell() == login || !line.isOpen()) {
        throw UnreachableException.because(String.valueOf(e.getMessage()));
      }
      if (!login.isInUse()) {
        login.session(); // throws if the host is gone
      }
    }
    part.round.settle();
    take(part);
    UserShell kind = part.shell().kind();
    rights.note(kind, false);
    List<Integer> alone = new ArrayList<>();
    for (int i : part.places) {
      if (answers[i] == null && rights.mayRunWithout(kind, commands.get(i), login.host())) {
        alone.add(i);
      } else if (answers[i] == null) {
        answers[i] = Answer.none(Reason.NOT_BEGUN, "not begun: " + e.getMessage());
      }
    }
    if (!alone.isEmpty()) {
      finish(part(UserShell.piped(kind.user()), alone));
    }
  }
}
