package dev.fluke.reconcile.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import dev.fluke.command.CommandResult;
import dev.fluke.command.Mask;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What the commands of one apply printed: the head and the tail of each stream, without secrets.
 * Safe for use by any thread.
 */
public final class PrintedOutput {
  private static final int HALF = 32 * 1024;

  /** Secrets are masked in this much more, so that none is cut in two before. */
  private static final int MARGIN = 16 * 1024;

  private static final int EXCERPT = 4 * 1024;
  private static final int ROOM_FOR_GAP = 64; // the line between head and tail

  private static final String CUT = "…"; // tells the mask that a text is cut there

  private final Mask mask;
  private final Ends out = new Ends();
  private final Ends err = new Ends();

  PrintedOutput(Mask mask) {
    this.mask = mask;
  }

  synchronized void add(CommandResult result) {
    out.add(result.stdoutBytes(), result.stdoutDropped());
    err.add(result.stderrBytes(), result.stderrDropped());
  }

  /** Of standard output. */
  public synchronized String stdout() {
    return out.text();
  }

  /** Of standard error. */
  public synchronized String stderr() {
    return err.text();
  }

  /** The head and the tail of what was printed, in at most 4 KiB; errors last. */
  public synchronized String excerpt() {
    String printed = stdout().stripTrailing();
    String errors = err.text().stripTrailing();
    if (printed.isEmpty() || errors.isEmpty()) {
      return shortened(printed + errors, EXCERPT);
    }
    return shortened(printed, EXCERPT / 2) + "\n" + shortened(errors, EXCERPT / 2 - 1);
  }

  private static String shortened(String text, int most) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length <= most) {
      return text;
    }
    int half = (most - ROOM_FOR_GAP) / 2;
    return joined(
        decoded(bytes, 0, half, false, true),
        bytes.length - 2L * half,
        decoded(bytes, bytes.length - half, bytes.length, true, false));
  }

  private static String joined(String before, long leftOut, String after) {
    return String.format(ROOT, "%s\n… %,d bytes left out …\n%s", before, leftOut, after);
  }

  private String hide(String text, boolean cutAtStart, boolean cutAtEnd) {
    String shown = mask.hide((cutAtStart ? CUT : "") + text + (cutAtEnd ? CUT : ""));
    return shown.substring(cutAtStart ? 1 : 0, shown.length() - (cutAtEnd ? 1 : 0));
  }

  /** As text, without characters of which only a part is there. */
  private static String decoded(
      byte[] bytes, int from, int to, boolean cutAtStart, boolean cutAtEnd) {
    int first = from;
    int last = to;
    while (cutAtStart && first < to && first < from + 3 && isContinuation(bytes[first])) {
      first++;
    }
    if (cutAtEnd) {
      int start = to - 1;
      while (start > first && start > to - 4 && isContinuation(bytes[start])) {
        start--;
      }
      if (start >= first && start + lengthOf(bytes[start]) > to) {
        last = start;
      }
    }
    return new String(bytes, first, last - first, UTF_8);
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /** How many bytes the character has that begins with this one. */
  private static int lengthOf(byte first) {
    int bits = first & 0xFF;
    return bits >= 0xF0 ? 4 : bits >= 0xE0 ? 3 : bits >= 0xC0 ? 2 : 1;
  }

  /** The two ends of one stream. */
  private final class Ends {
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];
    private boolean headIsWhole;
    private long leftOut;

    /** Adds what a command printed, and how many bytes more its transport did not keep. */
    void add(byte[] printed, long dropped) {
      int length = printed.length;
      int part = HALF + MARGIN;
      if (length > 2 * part) {
        append(hide(decoded(printed, 0, part, false, true), false, true));
        gap(length - 2L * part + dropped);
        append(hide(decoded(printed, length - part, length, true, false), true, false));
      } else {
        boolean cut = dropped > 0; // nobody knows where
        append(hide(decoded(printed, 0, length, false, cut), cut, cut));
        if (cut) {
          gap(dropped);
        }
      }
    }

    private void append(String masked) {
      byte[] more = masked.getBytes(UTF_8);
      int first = headIsWhole ? 0 : Math.min(more.length, HALF - head.size());
      head.write(more, 0, first);
      headIsWhole |= head.size() >= HALF;
      byte[] all = Arrays.copyOf(tail, tail.length + more.length - first);
      System.arraycopy(more, first, all, tail.length, more.length - first);
      int surplus = Math.max(0, all.length - HALF);
      leftOut += surplus;
      tail = surplus == 0 ? all : Arrays.copyOfRange(all, surplus, all.length);
    }

    /** Something is missing here, so what is before it is not of the tail. */
    private void gap(long missing) {
      headIsWhole = true;
      leftOut += missing + tail.length;
      tail = new byte[0];
    }

    /** Masks once more: a later command may have a secret that an earlier one printed. */
    String text() {
      byte[] first = head.toByteArray();
      if (leftOut == 0) {
        byte[] all = Arrays.copyOf(first, first.length + tail.length);
        System.arraycopy(tail, 0, all, first.length, tail.length);
        return mask.hide(new String(all, UTF_8));
      }
      String before = hide(decoded(first, 0, first.length, false, true), false, true);
      String after = hide(decoded(tail, 0, tail.length, true, false), true, false);
      return joined(before, leftOut, after);
    }
  }
}
