package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.text.LineDiff;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The difference of two texts in the format of {@code diff -u}, cut to fit a report. */
final class UnifiedDiff {
  private static final int MOST_LINES = 40;

  private UnifiedDiff() {}

  /** Whether both are text, so that a difference of lines is readable. */
  static boolean isText(byte[] one, byte[] other) {
    return !RawText.isBinary(one) && !RawText.isBinary(other);
  }

  /**
   * The changes that lead from the found text to the declared one: at most 40 lines of 120
   * characters, with control characters escaped.
   */
  static String of(String path, byte[] found, byte[] declared) {
    String diff =
        "--- %s as found\n+++ %s as declared\n%s".formatted(path, path, hunks(found, declared));
    List<String> lines =
        Stream.of(diff.stripTrailing().split("\n", -1)).map(LineDiff::shortened).toList();
    String kept = lines.stream().limit(MOST_LINES).collect(Collectors.joining("\n"));
    int more = lines.size() - MOST_LINES;
    return more > 0 ? kept + "\n… " + more + " more lines" : kept;
  }

  private static String hunks(byte[] found, byte[] declared) {
    RawText before = new RawText(found);
    RawText after = new RawText(declared);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.format(
          new HistogramDiff().diff(RawTextComparator.DEFAULT, before, after), before, after);
      formatter.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // can't happen: the output is in memory
    }
    return out.toString(UTF_8);
  }
}
