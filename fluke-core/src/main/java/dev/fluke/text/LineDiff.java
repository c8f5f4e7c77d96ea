package dev.fluke.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The difference of two texts line by line, in the format of {@code diff -u}, fit for people: at
 * most 40 lines of 120 characters, with everything escaped that does not print.
 */
public final class LineDiff {
  private static final int CONTEXT = 3;
  private static final int MOST_LINES = 40;
  private static final int LONGEST_LINE = 120;

  /** How many pairs of lines are compared; beyond that, a whole block counts as changed. */
  private static final int MOST_PAIRS = 1_000_000;

  private static final String NO_NEWLINE = "\\ No newline at end of file";

  private final List<String> before;
  private final List<String> after;
  private final List<Change> changes = new ArrayList<>();

  /** A line of the diff: kept (' '), removed ('-') or added ('+'). */
  private record Change(char kind, String line, int lineBefore, int lineAfter) {}

  private LineDiff(String before, String after) {
    this.before = linesOf(before);
    this.after = linesOf(after);
    compare();
  }

  /** The changes that lead from one text to the other; no line if they are equal. */
  public static List<String> of(String before, String after) {
    return limited(new LineDiff(before, after).hunks());
  }

  /** {@code 2 lines removed, 1 added}. */
  public static String summary(String before, String after) {
    return summary(new LineDiff(before, after).changes.stream().map(Change::kind).toList());
  }

  /** The same for a text that is such a diff already, with its two lines of file names. */
  public static String summary(String diff) {
    return summary(
        diff.lines().skip(2).filter(line -> !line.isEmpty()).map(line -> line.charAt(0)).toList());
  }

  private static String summary(List<Character> kinds) {
    long removed = kinds.stream().filter(kind -> kind == '-').count();
    long added = kinds.stream().filter(kind -> kind == '+').count();
    return "%d line%s removed, %d added".formatted(removed, removed == 1 ? "" : "s", added);
  }

  /** Whether a text is such a diff already, with its two lines of file names. */
  public static boolean isDiff(String text) {
    return text.startsWith("--- ") && text.contains("\n+++ ");
  }

  /** These lines, printable: at most 40 of 120 characters, and one that counts the others. */
  public static List<String> limited(List<String> lines) {
    if (lines.size() <= MOST_LINES + 1) {
      return lines.stream().map(LineDiff::shortened).toList();
    }
    List<String> shown =
        new ArrayList<>(lines.stream().limit(MOST_LINES).map(LineDiff::shortened).toList());
    shown.add("… " + (lines.size() - MOST_LINES) + " more lines");
    return shown;
  }

  /** A line of a diff, printable, in at most 120 characters. */
  public static String shortened(String line) {
    String shown = Printable.of(line);
    return shown.length() <= LONGEST_LINE ? shown : shown.substring(0, LONGEST_LINE - 1) + "…";
  }

  /** Each line with its end, so that the last one differs if it has none. */
  private static List<String> linesOf(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int to = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(from, to));
      from = to;
    }
    return lines;
  }

  private void compare() {
    int start = 0;
    int end = 0;
    int shorter = Math.min(before.size(), after.size());
    while (start < shorter && before.get(start).equals(after.get(start))) {
      start++;
    }
    while (end < shorter - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    for (int i = 0; i < start; i++) {
      changes.add(new Change(' ', before.get(i), i, i));
    }
    compareBlocks(start, before.size() - end, after.size() - end);
    for (int i = end; i > 0; i--) {
      int at = before.size() - i;
      changes.add(new Change(' ', before.get(at), at, after.size() - i));
    }
  }

  /** By the longest common subsequence of the lines that are left. */
  private void compareBlocks(int start, int endBefore, int endAfter) {
    int rows = endBefore - start;
    int columns = endAfter - start;
    boolean isSmall = (long) rows * columns <= MOST_PAIRS;
    int[][] common = new int[isSmall ? rows + 1 : 1][isSmall ? columns + 1 : 1];
    for (int i = rows - 1; isSmall && i >= 0; i--) {
      for (int j = columns - 1; j >= 0; j--) {
        common[i][j] =
            before.get(start + i).equals(after.get(start + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < rows || j < columns) {
      String removed = i < rows ? before.get(start + i) : "";
      String added = j < columns ? after.get(start + j) : "";
      if (isSmall && i < rows && j < columns && removed.equals(added)) {
        changes.add(new Change(' ', removed, start + i++, start + j++));
      } else if (i < rows && (!isSmall || j == columns || common[i + 1][j] >= common[i][j + 1])) {
        changes.add(new Change('-', removed, start + i++, start + j));
      } else {
        changes.add(new Change('+', added, start + i, start + j++));
      }
    }
  }

  private List<String> hunks() {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at < changes.size()) {
      while (at < changes.size() && changes.get(at).kind == ' ') {
        at++;
      }
      if (at == changes.size()) {
        break;
      }
      int from = Math.max(0, at - CONTEXT);
      int to = endOfHunk(at);
      addHunk(lines, changes.subList(from, to));
      at = to;
    }
    return lines;
  }

  /** A hunk goes on over at most twice the context of lines that are kept. */
  private int endOfHunk(int firstChange) {
    int lastChange = firstChange;
    for (int i = firstChange; i < changes.size() && i - lastChange <= 2 * CONTEXT; i++) {
      lastChange = changes.get(i).kind == ' ' ? lastChange : i;
    }
    return Math.min(changes.size(), lastChange + 1 + CONTEXT);
  }

  private static void addHunk(List<String> lines, List<Change> hunk) {
    long removed = hunk.stream().filter(change -> change.kind != '+').count();
    long added = hunk.stream().filter(change -> change.kind != '-').count();
    lines.add(
        "@@ -%s +%s @@"
            .formatted(
                range(hunk.get(0).lineBefore, removed), range(hunk.get(0).lineAfter, added)));
    for (Change change : hunk) {
      boolean isWhole = change.line.endsWith("\n");
      int end = change.line.length() - (isWhole ? 1 : 0);
      lines.add(change.kind + change.line.substring(0, end));
      if (!isWhole) {
        lines.add(NO_NEWLINE);
      }
    }
  }

  private static String range(int first, long length) {
    long start = length == 0 ? first : first + 1L;
    return length == 1 ? "" + start : start + "," + length;
  }
}
