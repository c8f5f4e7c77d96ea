package dev.fluke.mise;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What mise itself says at the end of the output of a run. Of a task that began and exited with a
 * status it says no more than {@code [check] ERROR task failed}. Anything more means that the task
 * never began, or that a signal or its time limit ended it.
 */
final class MiseError {
  private static final Pattern FAILED = Pattern.compile("\\[(.+)] ERROR task failed");
  private static final String OF_MISE = "mise ERROR ";
  private static final Pattern CODE = Pattern.compile("mise::\\w+(::\\w+)*");
  private static final Pattern FOOTER =
      Pattern.compile("mise ERROR (Version: |Run with --verbose).*");
  private static final Pattern PLAIN_STATUS =
      Pattern.compile(".*exited with non-zero status: exit (code|status).*");

  private MiseError() {}

  /** Why mise gave no answer of the task; null if the exit status is the answer of the task. */
  static @Nullable String in(String printed) {
    List<String> lines = printed.lines().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return null;
    }
    Matcher failed = FAILED.matcher(lines.get(lines.size() - 1));
    String why =
        failed.matches()
            ? before(lines.subList(0, lines.size() - 1), "[" + failed.group(1) + "] ERROR ")
            : atTheEnd(lines);
    return why.isEmpty() || PLAIN_STATUS.matcher(why).matches() ? null : why;
  }

  /** The last lines that begin with this. */
  private static String before(List<String> lines, String start) {
    Deque<String> found = new ArrayDeque<>();
    for (int i = lines.size() - 1; i >= 0 && lines.get(i).startsWith(start); i--) {
      found.addFirst(lines.get(i).substring(start.length()));
    }
    return String.join("; ", found);
  }

  /** From the first line of the error on with which mise ended, if it ended with one. */
  private static String atTheEnd(List<String> lines) {
    int end = lines.size();
    while (end > 0 && FOOTER.matcher(lines.get(end - 1)).matches()) {
      end--;
    }
    boolean ended = end < lines.size();
    int begin = end - 1;
    while (begin >= 0 && !begins(lines.get(begin))) {
      begin--;
    }
    boolean isLast = begin == end - 1 || (begin >= 0 && CODE.matcher(lines.get(begin)).matches());
    if (begin < 0 || !(ended || isLast)) {
      return "";
    }
    while (begin > 0 && begins(lines.get(begin - 1))) {
      begin--;
    }
    return String.join("; ", lines.subList(begin, end)).replace(OF_MISE, "");
  }

  private static boolean begins(String line) {
    return line.startsWith(OF_MISE) || CODE.matcher(line).matches();
  }
}
