package dev.fluke.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt one was meant to be. Suggests nothing for long names. */
public final class DidYouMean {
  private static final int LONGEST = 100;

  private DidYouMean() {}

  /** {@code ; did you mean 'x'?} if a known name is near, else the first few that are known. */
  public static String hint(String name, Collection<String> known) {
    return hintOr(
        name,
        known,
        known.isEmpty()
            ? "; there is none yet"
            : "; known: " + String.join(", ", known.stream().sorted().limit(10).toList()));
  }

  /** {@code ; did you mean 'x'?} if a known name is near, else what is given. */
  public static String hintOr(String name, Collection<String> known, String otherwise) {
    return nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse(otherwise);
  }

  /** As {@link #hint}, but with all that are known: for words of which there are few. */
  public static String hintWithAll(String name, Collection<String> known) {
    String all = String.join(", ", known.stream().sorted().toList());
    return nearest(name, known)
        .map(near -> "; did you mean '" + near + "'?" + (known.size() > 1 ? " Known: " + all : ""))
        .orElse("; known: " + all);
  }

  /** The known name nearest to {@code name}, if one is at most a third of its letters away. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    int farthest = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(other -> Math.abs(other.length() - name.length()) <= farthest)
        .filter(other -> distance(wanted, other.toLowerCase(Locale.ROOT)) <= farthest)
        .min(
            Comparator.comparingInt(
                    (String other) -> distance(wanted, other.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Edits from one to the other; swapping two neighbours counts as one (Damerau, 1964). */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replaced, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
