package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.text.Printable;
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

/** The difference of two texts as {@code diff -u} shows it, short enough for a report. */
final class UnifiedDiff {
  private static final int MOST_LINES = 40;
  private static final int LONGEST_LINE = 120;

  private UnifiedDiff() {}

  /** Whether both are text, so that a difference of lines says something. */
  static boolean isOf(byte[] one, byte[] other) {
    return !RawText.isBinary(one) && !RawText.isBinary(other);
  }

  /** What makes of the first the second, each line of it fit to be shown. */
  static String of(String path, byte[] found, byte[] declared) {
    List<String> lines =
        Stream.of(
                ("--- "
                        + path
                        + " as found\n+++ "
                        + path
                        + " as declared\n"
                        + hunks(found, declared))
                    .stripTrailing()
                    .split("\n", -1))
            .map(UnifiedDiff::shortened)
            .toList();
    String kept = lines.stream().limit(MOST_LINES).collect(Collectors.joining("\n"));
    int more = lines.size() - MOST_LINES;
    return more > 0 ? kept + "\n… " + more + " more lines" : kept;
  }

  private static String shortened(String line) {
    String shown = Printable.of(line);
    return shown.length() <= LONGEST_LINE ? shown : shown.substring(0, LONGEST_LINE - 1) + "…";
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
      throw new UncheckedIOException(e); // nothing is read, and the output is in memory
    }
    return out.toString(UTF_8);
  }
}
