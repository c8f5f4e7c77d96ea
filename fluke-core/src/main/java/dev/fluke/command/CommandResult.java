package dev.fluke.command;

import static java.lang.Integer.MAX_VALUE;
import static java.util.Objects.requireNonNull;

import dev.fluke.command.FormIndex.Cut;
import dev.fluke.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How a command ended that surely began and surely ended: its exit status and what it printed.
 *
 * <p>Output is bytes. {@link #stdout()} gives text and refuses what is not whole or not UTF-8, so
 * that half an answer is never compared; {@link #tail} is for people and never refuses. Serializers
 * that read fields find no output in it, since that may have secrets. Immutable.
 */
public final class CommandResult {
  private static final Mask NO_SECRETS = new Mask();
  private static final int LONGEST_TAIL = 16 * 1024;

  private final int exitStatus;
  private final transient byte[] stdout; // transient: serializers leave out what is not masked
  private final transient byte[] stderr;
  private final long stdoutDropped;
  private final long stderrDropped;
  private final Duration duration;
  private final transient Mask mask; // transient: serializers leave it out

  private CommandResult(
      int exitStatus,
      byte[] stdout,
      byte[] stderr,
      long stdoutDropped,
      long stderrDropped,
      Duration duration,
      Mask mask) {
    this.exitStatus = exitStatus;
    this.stdout = stdout;
    this.stderr = stderr;
    this.stdoutDropped = stdoutDropped;
    this.stderrDropped = stderrDropped;
    this.duration = duration;
    this.mask = mask;
  }

  /** A result with this status and no output, that took no time. For transports and tests. */
  public static CommandResult exited(int exitStatus) {
    return new CommandResult(exitStatus, new byte[0], new byte[0], 0, 0, Duration.ZERO, NO_SECRETS);
  }

  /** The same with this on its standard output. */
  public CommandResult withStdout(String text) {
    return withStdout(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  /**
   * The same with this on its standard output.
   *
   * @param kept what was kept of it
   * @param dropped how many bytes more there were, that were not kept
   */
  public CommandResult withStdout(byte[] kept, long dropped) {
    return new CommandResult(
        exitStatus, kept.clone(), stderr, dropped, stderrDropped, duration, mask);
  }

  /** The same with this on its standard error. */
  public CommandResult withStderr(String text) {
    return withStderr(text.getBytes(StandardCharsets.UTF_8), 0);
  }

  /** As {@link #withStdout(byte[], long)}, for standard error. */
  public CommandResult withStderr(byte[] kept, long dropped) {
    return new CommandResult(
        exitStatus, stdout, kept.clone(), stdoutDropped, dropped, duration, mask);
  }

  /** The same, having run for {@code time}. */
  public CommandResult lasting(Duration time) {
    return new CommandResult(
        exitStatus,
        stdout,
        stderr,
        stdoutDropped,
        stderrDropped,
        requireNonNull(time, "time"),
        mask);
  }

  /** The same, with what this hides hidden in {@link #tail} and {@link #orThrow}. For the loop. */
  public CommandResult hiding(Mask secrets) {
    return new CommandResult(
        exitStatus, stdout, stderr, stdoutDropped, stderrDropped, duration, secrets);
  }

  /** What the command ended with, 0 to 255; by a shell's custom 128 + n if a signal n ended it. */
  public int exitStatus() {
    return exitStatus;
  }

  /** Whether the exit status is 0. */
  public boolean succeeded() {
    return exitStatus == 0;
  }

  /**
   * All that was printed to standard output.
   *
   * @throws IllegalStateException if it was cut or is not UTF-8
   */
  public String stdout() {
    return text("stdout", stdout, stdoutDropped);
  }

  /**
   * All that was printed to standard error.
   *
   * @throws IllegalStateException if it was cut or is not UTF-8
   */
  public String stderr() {
    return text("stderr", stderr, stderrDropped);
  }

  /** What was kept of standard output, a copy. */
  public byte[] stdoutBytes() {
    return stdout.clone();
  }

  /** What was kept of standard error, a copy. */
  public byte[] stderrBytes() {
    return stderr.clone();
  }

  /** How many bytes more there were on standard output than were kept. */
  public long stdoutDropped() {
    return stdoutDropped;
  }

  /** How many bytes more there were on standard error than were kept. */
  public long stderrDropped() {
    return stderrDropped;
  }

  /** Whether either stream was longer than what was kept of it. */
  public boolean truncated() {
    return stdoutDropped + stderrDropped > 0;
  }

  /** From the moment it began to its end, as seen from here. */
  public Duration duration() {
    return duration;
  }

  /**
   * This result, if the status is 0.
   *
   * @throws CommandFailedException if it is not, with the status and the end of what was printed
   */
  public CommandResult orThrow() {
    if (!succeeded()) {
      String said = tail(400);
      throw new CommandFailedException(
          "exit status " + exitStatus + (said.isEmpty() ? "" : ": " + said), exitStatus);
    }
    return this;
  }

  /**
   * The end of what was printed, standard error first choice, in one line fit for people: control
   * characters shown as escapes, secrets of the command as three stars.
   *
   * @param atMost how many characters at the most
   */
  public String tail(int atMost) {
    boolean usesStderr = stderr.length > 0;
    byte[] said = usesStderr ? stderr : stdout;
    int from =
        Math.max(0, said.length - Math.max(LONGEST_TAIL, (int) Math.min(MAX_VALUE, 4L * atMost)));
    String text = new String(said, from, said.length - from, StandardCharsets.UTF_8).strip();
    Cut cut = new Cut(from > 0, (usesStderr ? stderrDropped : stdoutDropped) > 0);
    return Printable.lastLineOf(mask.hide(text, cut), atMost);
  }

  /** The status and the lengths of the output, never the output itself. */
  @Override
  public String toString() {
    return "exit status " + exitStatus + ", " + stdout.length + "+" + stderr.length + " bytes";
  }

  private static String text(String stream, byte[] kept, long dropped) {
    if (dropped > 0) {
      throw new IllegalStateException(
          stream
              + " was cut: "
              + dropped
              + " bytes more than were kept; print less, or read bytes");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(kept))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(stream + " is not UTF-8; read " + stream + "Bytes()", e);
    }
  }
}
