package dev.fluke.transport;

import dev.fluke.command.internal.ShellScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What is said to the shell that holds the host's lock for the apply of one step. */
final class HoldScript {
  private static final ShellScript HOLD = CommandScript.locking("hold.sh");
  private static final Duration SHORTEST_WAIT =
      Duration.ofSeconds(1); // timeout takes 0 for unlimited
  private static final Duration TO_TAKE = Duration.ofSeconds(20); // 10 of them for the lock

  private final String taken;
  private final String over;
  private final Duration wait;

  private HoldScript(String taken, String over, Duration wait) {
    this.taken = taken;
    this.over = over;
    this.wait = wait;
  }

  /**
   * With marks of its own.
   *
   * @param wait how long the shell waits for a command
   */
  static HoldScript fresh(RandomGenerator random, Duration wait) {
    return new HoldScript(
        "H" + FrameMarkers.nonce(random),
        "W" + FrameMarkers.nonce(random),
        wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
  }

  /** How the lock was taken. */
  enum Taken {
    YES,
    BY_ANOTHER,
    NO_LOCK_HERE
  }

  /** For a shell of its own, which it ends. */
  String text() {
    return text(taken, over);
  }

  /** The same, in which no mark stands in one piece: it is an argument. */
  String argument() {
    return text(FrameMarkers.inTwoPieces(taken), FrameMarkers.inTwoPieces(over));
  }

  private String text(String taken, String over) {
    String hold =
        HOLD.with("TAKEN", taken)
            .with("OVER", over)
            .with("WAIT", CommandScript.seconds(wait))
            .text();
    return "{\n" + ShellScripts.drained(hold) + "\nexit\n}\n";
  }

  /**
   * Reads how the lock was taken.
   *
   * @throws UnreachableException if the shell does not say so
   */
  Taken read(ShellSession session) throws UnreachableException, InterruptedException {
    long until = session.now() + TO_TAKE.toNanos();
    String status = ShellReply.read(session, taken, until);
    return switch (status) {
      case "0" -> Taken.YES;
      case "213" -> Taken.BY_ANOTHER;
      default -> Taken.NO_LOCK_HERE;
    };
  }

  /** The mark of a shell that waits no more. */
  String over() {
    return over;
  }

  /** How long the shell waits for the first command. */
  Duration firstWait() {
    return wait;
  }

  /** How long the shell waits for another command after one with this limit. */
  Duration waitAfter(Duration limit) {
    return limit.compareTo(wait) > 0 ? limit : wait;
  }

  /** Lets the shell run this script, one brace group. */
  static String go(String script) {
    return "go " + script.getBytes(StandardCharsets.UTF_8).length + "\n" + script;
  }

  /** Ends the shell, which waits for a command. */
  static String end() {
    return "end\n";
  }
}
