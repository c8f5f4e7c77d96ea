package dev.fluke.command;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds forms of secrets in a text, in a time that does not grow with the number of forms. It finds
 * whole forms, any 16 characters in a row of a longer one, and a part that the beginning or the end
 * of the text cuts off. Line breaks and spaces that an encoder put into a form don't hide it. Safe
 * for use by any thread.
 */
final class FormIndex {
  /** How many characters a part of a form has at least, unless the text is known to be cut. */
  static final int WINDOW = Secret.SHORTEST;

  private static final int SHORTEST_AT_CUT = 3;
  private static final int STEP = 10;
  private static final int RUN = WINDOW + STEP;

  private final Map<Integer, Place> places = new ConcurrentHashMap<>();
  private final Set<String> edges = ConcurrentHashMap.newKeySet(); // short beginnings and ends

  /** A window of a form, and the other windows that have the same hash. */
  private record Place(String form, int offset, @Nullable Place next) {

    /** Whether the window is at this place of a text. */
    boolean isAt(String text, int at) {
      return text.regionMatches(at, form, offset, WINDOW);
    }
  }

  /** Adds forms of at least 6 characters. */
  void add(Collection<String> forms) {
    forms.forEach(this::add);
  }

  private void add(String form) {
    int last = form.length() - WINDOW;
    Set<String> seen = new HashSet<>(); // a form that repeats itself costs no more
    for (int offset = 0; offset < last; offset += STEP) {
      if (seen.add(form.substring(offset, offset + WINDOW))) {
        add(form, offset);
      }
    }
    add(form, last);
    for (int length = SHORTEST_AT_CUT; length < WINDOW; length++) {
      edges.add(beginning(form.substring(0, length)));
      edges.add(end(form.substring(form.length() - length)));
    }
  }

  private void add(String form, int offset) {
    places.merge(
        hash(form, offset),
        new Place(form, offset, null),
        (known, fresh) -> new Place(form, offset, known));
  }

  private static int hash(String text, int from) {
    int hash = 0;
    for (int i = from; i < from + WINDOW; i++) {
      hash = hash * 31 + text.charAt(i);
    }
    return hash;
  }

  private static String beginning(String part) {
    return "<" + part;
  }

  private static String end(String part) {
    return ">" + part;
  }

  /**
   * Marks the characters of secrets.
   *
   * @param cut where the text is known to be cut, so that shorter parts count there
   */
  void find(String text, Cut cut, BitSet found) {
    int done = 0; // what is before it, was found by a longer match
    for (int at = 0; at <= text.length() - WINDOW; at++) {
      for (Place place = places.get(hash(text, at)); place != null; place = place.next) {
        if (place.isAt(text, at)) {
          done = Math.max(done, new Match(text, at, place).mark(found));
        }
      }
      at = Math.max(at, done - WINDOW); // a secret may begin in the last characters of another
    }
    for (int length = Math.min(WINDOW - 1, text.length()); length >= SHORTEST_AT_CUT; length--) {
      int from = text.length() - length;
      if (cut.atEnd() && edges.contains(beginning(text.substring(from)))) {
        found.set(from, text.length());
      }
      if (cut.atStart() && edges.contains(end(text.substring(0, length)))) {
        found.set(0, length);
      }
    }
  }

  /** Where a text is known to be cut. */
  record Cut(boolean atStart, boolean atEnd) {}

  /** A form, or a part of one, at a place of a text. */
  private static final class Match {
    private final String text;
    private final String form;
    private int from; // in the text
    private int to;
    private int formFrom;
    private int formTo;

    Match(String text, int at, Place place) {
      this.text = text;
      this.form = place.form;
      this.from = at;
      this.to = at + WINDOW;
      this.formFrom = place.offset;
      this.formTo = place.offset + WINDOW;
    }

    /** Marks it, if it is enough of a secret; returns its end, or 0. */
    int mark(BitSet found) {
      growLeft();
      growRight();
      boolean begins = formFrom == 0 || from == 0;
      boolean ends = formTo == form.length() || to == text.length();
      if (formTo - formFrom < RUN && !(begins && ends)) {
        return 0;
      }
      found.set(from, to);
      return to;
    }

    private void growRight() {
      while (to < text.length() && formTo < form.length()) {
        int skipped = to;
        int formSkipped = formTo;
        if (text.charAt(to) != form.charAt(formTo)) {
          skipped = skipSpace(text, to);
          formSkipped = skipSpace(form, formTo);
          boolean goesOn =
              skipped > to
                  && skipped < text.length()
                  && formSkipped < form.length()
                  && text.charAt(skipped) == form.charAt(formSkipped);
          if (!goesOn) {
            return;
          }
        }
        to = skipped + 1;
        formTo = formSkipped + 1;
      }
    }

    private static int skipSpace(String text, int from) {
      int at = from;
      while (at < text.length() && isSpace(text.charAt(at))) {
        at++;
      }
      return at;
    }

    private void growLeft() {
      while (from > 0 && formFrom > 0) {
        int skipped = from;
        int formSkipped = formFrom;
        if (text.charAt(from - 1) != form.charAt(formFrom - 1)) {
          skipped = skipSpaceBefore(text, from);
          formSkipped = skipSpaceBefore(form, formFrom);
          boolean goesOn =
              skipped < from
                  && skipped > 0
                  && formSkipped > 0
                  && text.charAt(skipped - 1) == form.charAt(formSkipped - 1);
          if (!goesOn) {
            return;
          }
        }
        from = skipped - 1;
        formFrom = formSkipped - 1;
      }
    }

    private static int skipSpaceBefore(String text, int from) {
      int at = from;
      while (at > 0 && isSpace(text.charAt(at - 1))) {
        at--;
      }
      return at;
    }

    private static boolean isSpace(char c) {
      return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
  }
}
