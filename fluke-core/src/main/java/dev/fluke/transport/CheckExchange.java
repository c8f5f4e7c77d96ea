package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.FrameReader.Frame;
import java.time.Duration;
import java.util.Locale;

/** One command of a check in a shell: how long it may take, and what it means if it fails to. */
final class CheckExchange {
  private static final Duration TO_BEGIN = Duration.ofSeconds(10);
  private static final long MOST_OUTPUT = 16L * 1024 * 1024;

  private final FrameReader reader;
  private final Duration limit;

  CheckExchange(ShellSession shell, Command command, FrameMarkers marks) {
    this.reader = new FrameReader(shell, marks, MOST_OUTPUT);
    this.limit = command.timeout().orElse(Duration.ofSeconds(60));
  }

  /** Reads until the command's own limit. */
  Frame read() throws InterruptedException {
    return reader.read(TO_BEGIN, limit);
  }

  /** Reads until the command's own limit or {@code standstill}, whichever is shorter. */
  Frame readAtMost(Duration standstill) throws InterruptedException {
    return reader.read(TO_BEGIN, limit.compareTo(standstill) < 0 ? limit : standstill);
  }

  boolean hasBegun() {
    return reader.hasBegun();
  }

  /**
   * Why the command has no result.
   *
   * @param frame what was read, without an answer
   * @param end what became of the shell that ran it
   */
  Answer noAnswer(Frame frame, SessionEnd end) {
    return switch (frame.came()) {
      case STOOD_STILL ->
          hasBegun()
              ? Answer.none(
                  Reason.KILLED, "timed out after %s s%s".formatted(seconds(limit), end.remark()))
              : Answer.none(
                  Reason.NOT_BEGUN, "did not begin within " + TO_BEGIN.toSeconds() + " s");
      case TOO_MUCH ->
          Answer.none(Reason.TOO_MUCH_OUTPUT, "printed more than 16 MiB, and was killed");
      case STRAY, ANSWER, ERRORS_LATE ->
          Answer.none(Reason.GARBLED, "garbled: bytes that belong to no command");
      case EOF -> Answer.none(Reason.GARBLED, "the command ended the shell it ran in");
    };
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0
        ? Long.toString(time.toSeconds())
        : String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
