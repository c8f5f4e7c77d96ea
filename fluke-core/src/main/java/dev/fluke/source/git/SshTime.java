package dev.fluke.source.git;

import dev.fluke.text.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in an allowed signers file ({@code ssh-keygen(1)}): {@code YYYYMMDD}, {@code YYYYMMDDHHMM}
 * or {@code YYYYMMDDHHMMSS}, in the time zone of the system, or in UTC with a {@code Z} at its end.
 */
final class SshTime {
  private static final Pattern FORMAT =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(?:(\\d\\d)(\\d\\d)(\\d\\d)?)?(?i:(Z|UTC))?");

  private SshTime() {}

  /**
   * The instant of this text.
   *
   * @param option the option that has it, for messages
   */
  static Instant parse(String option, String text, ZoneId zone) throws SshFormatException {
    Matcher parts = FORMAT.matcher(text);
    try {
      if (parts.matches()) {
        LocalDateTime local =
            LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3))
                .atTime(number(parts, 4), number(parts, 5), number(parts, 6));
        Instant time = local.atZone(parts.group(7) == null ? zone : ZoneOffset.UTC).toInstant();
        if (time.isAfter(Instant.EPOCH)) {
          return time;
        }
      }
    } catch (DateTimeException e) {
      // such as February 30
    }
    throw new SshFormatException(
        "has the time '%s' for '%s'; write YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, with a Z for UTC"
            .formatted(Printable.shortened(text, 60), option));
  }

  private static int number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
