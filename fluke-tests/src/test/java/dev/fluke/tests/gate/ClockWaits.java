package dev.fluke.tests.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds waits on the clock.
 *
 * <ul>
 *   <li>Refused: calls that only let time pass, such as a sleep or {@code orTimeout}.
 *   <li>Refused: a wait with a limit whose result nobody reads. It is a delay.
 *   <li>Refused: a wait that is expected to reach its limit: a false or null result that is
 *       asserted or, in a test, {@code TimeoutException}.
 *   <li>Accepted: a wait with a limit for what must come, if the caller fails without it.
 *   <li>Accepted: the pace of a loop that polls another process, at the end of the loop's body, by
 *       {@code waitFor} of that process: it ends as soon as the process does.
 *   <li>Accepted: {@code Scheduler.sleep}, the seam itself, for the pace of a real peer.
 * </ul>
 */
final class ClockWaits {
  private static final String UNIT =
      "(?:TimeUnit\\.)?(?:NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS|MINUTES|HOURS)";
  private static final String TIMED =
      "\\.(?:await|waitFor|poll|tryAcquire|tryLock|awaitTermination)\\([^;]*?,\\s*" + UNIT + "\\)";
  private static final String STATEMENT = "(?<=[;{}]|^)\\s*";

  /** One of these is in every wait: most files have none, and are read once only. */
  private static final Pattern ANY =
      Pattern.compile("sleep|Timeout|delayed|park|awaitN|Timer\\(|failsWithin|" + UNIT);

  private static final Pattern TIMEOUT_EXCEPTION =
      Pattern.compile("(?<!\\w|import java\\.util\\.concurrent\\.)TimeoutException\\b");

  private static final Map<Pattern, String> REFUSED = new LinkedHashMap<>();

  static {
    refuse("\\b(?:Thread|" + UNIT + ")\\.sleep\\(", "waits for time to pass");
    refuse(
        "\\b(?:completeOnTimeout|orTimeout|delayedExecutor|parkNanos|parkUntil|awaitNanos)\\(",
        "waits for time to pass");
    refuse("\\bnew Timer\\(", "waits for time to pass");
    refuse(
        STATEMENT + "[\\w.]+(?:\\(\\))?(?!\\.waitFor\\([^;]*;\\s*})" + TIMED + ";",
        "is a delay: nobody reads its result");
    refuse(
        STATEMENT + "boolean (?:unused|ignored)\\w* =[^;]*" + TIMED + ";",
        "is a delay: nobody reads its result");
    refuse(
        "\\bassertThat\\([^;]*" + TIMED + "\\)[^;]*\\.is(?:False|Null)\\(\\)",
        "expects to time out");
    refuse("\\bassert(?:False|Null)\\([^;]*" + TIMED, "expects to time out");
    refuse("\\.failsWithin\\(", "expects to time out");
  }

  private ClockWaits() {}

  /** A line for each wait: the file, the line, the call, and why it is refused. */
  static List<String> in(JavaFile file) {
    List<String> found = new ArrayList<>();
    if (ANY.matcher(file.code()).find()) {
      REFUSED.forEach((pattern, why) -> find(file, pattern, why, found));
      if (!file.main()) {
        find(file, TIMEOUT_EXCEPTION, "expects to time out", found);
      }
    }
    return found;
  }

  private static void find(JavaFile file, Pattern pattern, String why, List<String> found) {
    String code = file.code();
    Matcher match = pattern.matcher(code);
    while (match.find()) {
      String call = match.group().strip();
      int at = match.start() + match.group().indexOf(call);
      long line = 1 + code.substring(0, at).chars().filter(c -> c == '\n').count();
      found.add("%s:%s: %s %s".formatted(file.path(), line, call.replaceAll("\\s+", " "), why));
    }
  }

  private static void refuse(String regex, String why) {
    REFUSED.put(Pattern.compile(regex), why);
  }
}
