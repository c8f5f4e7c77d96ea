package dev.fluke.transport;

import dev.fluke.command.CommandResult;
import dev.fluke.text.Printable;
import dev.fluke.transport.Answer.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads what comes back of one command: the begun mark, its output, the ended mark with the status.
 * Whatever does not fit is never an answer.
 */
final class FrameReader {
  /** The answer of a command that did not get the lock. */
  static final Answer.None LOCKED =
      new Answer.None(
          Reason.LOCKED,
          "another apply on this host, or its check, holds the lock",
          Optional.empty());

  private static final Duration DRAIN = Duration.ofSeconds(2);
  private static final int KEPT = 256 * 1024;
  private static final int WINDOW = 1024 * 1024;

  private final ShellSession session;
  private final FrameMarkers marks;
  private final long mostOutput;
  private final Part out = new Part();
  private final Part err = new Part();
  private boolean skips;
  private boolean begun;
  private boolean bySudo;
  private long begunAt;
  private int status = -1;
  private long duration;
  private long drainUntil;

  /**
   * A reader.
   *
   * @param mostOutput bytes on one stream after which reading stops; what is over what is kept is
   *     dropped
   */
  FrameReader(ShellSession session, FrameMarkers marks, long mostOutput) {
    this.session = session;
    this.marks = marks;
    this.mostOutput = mostOutput;
  }

  /**
   * From now on, all before the first mark is skipped: what earlier commands left in the background
   * may print into the same stream.
   */
  void skipWhatOthersPrint() {
    skips = true;
  }

  /** How reading went. */
  enum Came {
    ANSWER,
    /** An answer whose standard error did not come to its end in time. */
    ERRORS_LATE,
    STOOD_STILL,
    STRAY,
    EOF,
    TOO_MUCH
  }

  /** What was read. An answer with the end of the stream beside it lacks the end of its stderr. */
  record Frame(Came came, @Nullable Answer answer) {
    static Frame of(Came came) {
      return new Frame(came, null);
    }
  }

  boolean hasBegun() {
    return begun;
  }

  /** Whether it is a program that sudo runs alone. */
  boolean isBySudo() {
    return bySudo;
  }

  /**
   * Reads to the end of the frame.
   *
   * @param toBegin how long until the begun mark
   * @param limit how long from there to the ended mark
   */
  Frame read(Duration toBegin, Duration limit) throws InterruptedException {
    long start = session.now();
    while (true) {
      CompletableFuture<Void> news = session.news();
      Frame frame = look();
      if (frame != null) {
        return frame;
      }
      long now = session.now();
      long left = begun ? begunAt + limit.toNanos() - now : start + toBegin.toNanos() - now;
      if (status >= 0) {
        session.await(news, Duration.ofNanos(Math.max(1, drainUntil - now)));
        continue;
      }
      if (left <= 0 || !session.await(news, Duration.ofNanos(left))) {
        return Frame.of(Came.STOOD_STILL);
      }
    }
  }

  private @Nullable Frame look() {
    synchronized (session) {
      OutputBuffer stream = session.out();
      if (skips && !begun && status < 0) {
        skipToMark(stream);
      }
      bySudo |= !begun && startsWith(stream, marks.bySudo());
      if (!begun && (bySudo || startsWith(stream, marks.begun()))) {
        stream.take(marks.begun().length());
        begun = true;
        begunAt = session.now();
      }
      if (!begun && startsWith(stream, marks.locked())) {
        return new Frame(Came.ANSWER, LOCKED);
      }
      int end = status < 0 ? out.findEnd(stream, marks.ended()) : 0;
      if (end < 0) {
        if (!begun && isStray(stream)) {
          return Frame.of(Came.STRAY);
        }
        if (out.seen + stream.size() > mostOutput || err.seen + session.err().size() > mostOutput) {
          return Frame.of(Came.TOO_MUCH);
        }
        out.shrink(stream);
        err.shrink(session.err());
        Came without = session.wasFlooded() ? Came.TOO_MUCH : Came.EOF;
        return session.hasEnded() ? Frame.of(without) : null;
      }
      if (!begun && status < 0 && end > 0) {
        return Frame.of(Came.STRAY);
      }
      if (status < 0) {
        duration = begun ? session.now() - begunAt : 0;
        out.takeUpTo(stream, end);
        status = takeStatus(stream);
        drainUntil = session.now() + DRAIN.toNanos();
      }
      return status < 0 ? Frame.of(Came.STRAY) : answer();
    }
  }

  /** The answer, once standard error has come to its end too, or keeps it waiting too long. */
  private @Nullable Frame answer() {
    int end = err.findEnd(session.err(), marks.ended());
    boolean cut = end < 0;
    boolean ended = session.err().hasEnded();
    if (cut && !ended && session.now() - drainUntil < 0) {
      return null;
    }
    Came came = !cut ? Came.ANSWER : ended ? Came.EOF : Came.ERRORS_LATE;
    if (!cut) {
      err.takeUpTo(session.err(), end);
      takeStatus(session.err());
    } else {
      err.takeUpTo(session.err(), session.err().size());
    }
    String said = new String(err.kept(), StandardCharsets.UTF_8).strip();
    if (!begun || (bySudo && status == 1 && out.kept().length == 0 && Sudo.isRefusal(said))) {
      String why =
          said.isEmpty() ? "exit status " + status + " before it began" : Sudo.withoutScript(said);
      return new Frame(
          came, Answer.none(Reason.NOT_BEGUN, "not begun: " + Printable.lastLineOf(why, 400)));
    }
    return new Frame(came, Answer.finished(result(cut)));
  }

  /** What a command without a result printed until now; empty if that is nothing. */
  Optional<CommandResult> printed() {
    synchronized (session) {
      if (status < 0) {
        out.takeUpTo(session.out(), endOf(session.out()));
      }
      err.takeUpTo(session.err(), endOf(session.err()));
      boolean silent = out.kept().length + err.kept().length == 0;
      return begun && !silent ? Optional.of(result(false)) : Optional.empty();
    }
  }

  private int endOf(OutputBuffer stream) {
    int mark = stream.find(marks.ended(), 0);
    return mark < 0 ? stream.size() : mark;
  }

  private CommandResult result(boolean errorsAreCut) {
    return CommandResult.exited(Math.max(0, status))
        .withStdout(out.kept(), out.dropped())
        .withStderr(err.kept(), err.dropped() + (errorsAreCut ? 1 : 0))
        .lasting(Duration.ofNanos(duration));
  }

  private void skipToMark(OutputBuffer stream) {
    int mayBecomeOne = Math.max(0, stream.size() - marks.begun().length());
    int first =
        marks.all().stream()
            .mapToInt(mark -> stream.find(mark, 0))
            .filter(at -> at >= 0)
            .min()
            .orElse(mayBecomeOne);
    if (first > 0) {
      stream.take(first);
      out.looked = 0;
    }
  }

  private static boolean startsWith(OutputBuffer stream, String mark) {
    return stream.size() >= mark.length() && stream.find(mark, 0) == 0;
  }

  /** Bytes that do not begin a mark, where only a mark may come. */
  private boolean isStray(OutputBuffer stream) {
    return !skips && stream.size() > 0 && marks.all().stream().noneMatch(stream::couldBecome);
  }

  private int takeStatus(OutputBuffer stream) {
    stream.take(marks.ended().length());
    int semicolon = stream.find(";", 0);
    if (semicolon < 1 || semicolon > 3) {
      return -1;
    }
    String digits = new String(stream.take(semicolon), StandardCharsets.US_ASCII);
    stream.take(1);
    return digits.chars().allMatch(Character::isDigit) ? Integer.parseInt(digits) : -1;
  }

  /** One stream's output so far: its head, its tail, and how much was dropped between. */
  private static final class Part {
    private byte[] head = new byte[0];
    private byte[] tail = new byte[0];
    private long seen;
    private int looked;

    /** Where the ended mark begins, once it has come whole, with its status. */
    int findEnd(OutputBuffer stream, String mark) {
      int at = stream.find(mark, looked);
      if (at < 0) {
        looked = Math.max(0, stream.size() - mark.length());
        return -1;
      }
      looked = at;
      return stream.find(";", at + mark.length()) < 0 ? -1 : at;
    }

    /** Drops the middle of what is too long to be kept. */
    void shrink(OutputBuffer stream) {
      if (stream.size() <= WINDOW) {
        return;
      }
      int drop = stream.size() - WINDOW / 2;
      byte[] dropped = stream.take(drop);
      if (head.length == 0) {
        head = Arrays.copyOf(dropped, KEPT / 2);
      }
      seen += drop;
      looked = Math.max(0, looked - drop);
    }

    void takeUpTo(OutputBuffer stream, int end) {
      tail = stream.take(end);
      seen += end;
      looked = 0;
    }

    byte[] kept() {
      if (head.length == 0 && tail.length <= KEPT) {
        return tail;
      }
      byte[] first = head.length > 0 ? head : Arrays.copyOf(tail, KEPT / 2);
      byte[] last = Arrays.copyOfRange(tail, Math.max(0, tail.length - KEPT / 2), tail.length);
      byte[] both = Arrays.copyOf(first, first.length + last.length);
      System.arraycopy(last, 0, both, first.length, last.length);
      return both;
    }

    long dropped() {
      return seen - kept().length;
    }
  }
}
