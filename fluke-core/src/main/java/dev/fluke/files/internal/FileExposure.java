package dev.fluke.files.internal;

import dev.fluke.text.Printable;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One way in which others can read a file, change it, or put another in its place. Others are all
 * users of this machine but root and the user of this process. A group counts as others. What
 * belongs to a user who is not root may be written by his primary group if {@code /etc/passwd} and
 * {@code /etc/group} have both and no other member.
 *
 * @param path the file, a link on the way to it, or a directory above
 * @param problem what others can do
 * @param remedy what ends that
 */
public record FileExposure(Path path, String problem, String remedy) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+,:=-]+");

  /** What others may do. */
  public enum Allowed {
    /** Neither read a file nor change it. */
    NOTHING,
    /** Read it. */
    READING,
    /** Add files of their own to a directory, which keeps what is not theirs. */
    ADDING
  }

  /** The path as one word of a shell. */
  static String word(Path path) {
    String text = Printable.of(path.toString());
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Path, problem and remedy in one line. */
  @Override
  public String toString() {
    return "%s %s; %s".formatted(Printable.of(path.toString()), problem, remedy);
  }
}
