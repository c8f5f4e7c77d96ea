package dev.fluke.text;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Which paths of a source are manifests: {@code *} and {@code ?} stay within a name, {@code **}
 * crosses directories (and stands for none, too), {@code {a,b}} is one of several.
 *
 * <p>Matching follows all ways through the glob at once, so its time is at most the length of the
 * path times that of the glob. Immutable and thread-safe.
 */
public final class Glob {
  /** What is meant unless something else is said. */
  public static final Glob DEFAULT = new Glob("**/*.fluke.{yaml,yml}");

  // what a place of the glob takes, beside a character itself
  private static final int ANY = -1; // ?
  private static final int NAME = -2; // *
  private static final int ALL = -3; // **
  private static final int MAYBE_DIRECTORIES = -4; // **/, followed by DIRECTORIES
  private static final int DIRECTORIES = -5;
  private static final int OPEN = -6;
  private static final int COMMA = -7;
  private static final int CLOSE = -8;

  private final String text;
  private final int[] parts;

  /** For {@code OPEN} and {@code COMMA}: the next {@code COMMA} or {@code CLOSE}. */
  private final int[] next;

  private Glob(String text) {
    this.text = text;
    this.parts = parts(text);
    this.next = next(parts);
  }

  /**
   * A glob.
   *
   * @throws IllegalArgumentException if it is empty, is longer than 1,000 characters, or has a
   *     brace that is not closed
   */
  public static Glob of(String text) {
    return new Glob(text);
  }

  public boolean matches(String path) {
    boolean[] at = new boolean[parts.length + 1];
    boolean[] then = new boolean[parts.length + 1];
    at[0] = true;
    follow(at);
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      i += Character.charCount(c);
      Arrays.fill(then, false);
      if (!step(at, c, then)) {
        return false;
      }
      boolean[] reused = at;
      at = then;
      then = reused;
      follow(at);
    }
    return at[parts.length];
  }

  /** Goes over this character, from all places where the matching is; false if from none. */
  private boolean step(boolean[] at, int c, boolean[] then) {
    boolean any = false;
    for (int i = 0; i < parts.length; i++) {
      if (!at[i]) {
        continue;
      }
      boolean stays = parts[i] == ALL || parts[i] == DIRECTORIES || (parts[i] == NAME && c != '/');
      boolean goes =
          parts[i] == c || (parts[i] == ANY && c != '/') || (parts[i] == DIRECTORIES && c == '/');
      then[i] |= stays;
      then[i + 1] |= goes;
      any |= stays || goes;
    }
    return any;
  }

  /** Adds the places that are reached without a character. All of them lie behind. */
  private void follow(boolean[] at) {
    for (int i = 0; i < parts.length; i++) {
      if (!at[i]) {
        continue;
      }
      switch (parts[i]) {
        case NAME, ALL, CLOSE -> at[i + 1] = true;
        case MAYBE_DIRECTORIES -> {
          at[i + 1] = true;
          at[i + 2] = true;
        }
        case OPEN -> {
          at[i + 1] = true;
          for (int comma = next[i]; parts[comma] == COMMA; comma = next[comma]) {
            at[comma + 1] = true;
          }
        }
        case COMMA -> at[next[i]] = true; // an alternative ends here
        default -> {
          // takes a character
        }
      }
    }
  }

  private static int[] parts(String glob) {
    if (glob.length() > Limits.GLOB) {
      throw new IllegalArgumentException(
          "glob '%s': has %d characters, at most %d are allowed"
              .formatted(Printable.shortened(glob, 60), glob.length(), Limits.GLOB));
    }
    int[] parts = new int[glob.length() + 1];
    int count = 0;
    boolean braces = false;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        parts[count++] = MAYBE_DIRECTORIES;
        parts[count++] = DIRECTORIES;
        i += 2;
      } else if (glob.startsWith("**", i)) {
        parts[count++] = ALL;
        i++;
      } else if (c == '*' || c == '?') {
        parts[count++] = c == '*' ? NAME : ANY;
      } else if (c == '{' && !braces) {
        braces = true;
        parts[count++] = OPEN;
      } else if (c == '}' && braces) {
        braces = false;
        parts[count++] = CLOSE;
      } else if (c == ',' && braces) {
        parts[count++] = COMMA;
      } else {
        parts[count++] = glob.codePointAt(i);
        i += Character.charCount(glob.codePointAt(i)) - 1;
      }
    }
    if (braces || glob.isBlank()) {
      throw new IllegalArgumentException(
          "glob '" + glob + "': " + (braces ? "a '{' has no '}'" : "is empty"));
    }
    return Arrays.copyOf(parts, count);
  }

  private static int[] next(int[] parts) {
    int[] next = new int[parts.length];
    Deque<Integer> last = new ArrayDeque<>();
    for (int i = 0; i < parts.length; i++) {
      if ((parts[i] == COMMA || parts[i] == CLOSE) && !last.isEmpty()) {
        next[last.pop()] = i;
      }
      if (parts[i] == OPEN || parts[i] == COMMA) {
        last.push(i);
      }
    }
    return next;
  }

  @Override
  public String toString() {
    return text;
  }
}
