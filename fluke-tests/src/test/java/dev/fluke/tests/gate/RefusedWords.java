package dev.fluke.tests.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of words.txt, each with what to write instead. */
final class RefusedWords {
  private static final String FILE =
      "fluke-tests/src/test/resources/dev/fluke/tests/gate/words.txt";

  /** A line's end with the sign that begins the next line of a comment. */
  private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\n\\s*(?:\\*(?!/)|//+|#)?\\s*");

  private record Word(Pattern pattern, String instead) {}

  private final List<Word> words = new ArrayList<>();

  private RefusedWords() {}

  static RefusedWords read() {
    RefusedWords refused = new RefusedWords();
    for (String line : Project.read(FILE).lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" => ", -1);
        if (parts.length != 2) {
          throw new IllegalStateException("%s: no ' => ' in '%s'".formatted(FILE, line));
        }
        Pattern pattern =
            Pattern.compile("(?<!\\w)(?:" + parts[0] + ")(?!\\w)", Pattern.CASE_INSENSITIVE);
        refused.words.add(new Word(pattern, parts[1]));
      }
    }
    return refused;
  }

  /** What is refused of a text that begins at a line of a file: place, words, what to write. */
  List<String> in(String file, int firstLine, String text) {
    StringBuilder flat = new StringBuilder();
    List<Integer> breaks = new ArrayList<>();
    Matcher lineBreak = LINE_BREAK.matcher(text);
    int from = 0;
    while (lineBreak.find()) {
      flat.append(text, from, lineBreak.start());
      lineBreak.group().chars().filter(c -> c == '\n').forEach(c -> breaks.add(flat.length()));
      flat.append(' ');
      from = lineBreak.end();
    }
    flat.append(text.substring(from));

    List<String> found = new ArrayList<>();
    for (Word word : words) {
      Matcher match = word.pattern.matcher(flat);
      while (match.find()) {
        long before = breaks.stream().filter(at -> at < match.start()).count();
        found.add(
            "%s:%s: '%s'; write %s"
                .formatted(file, firstLine + before, match.group(), word.instead));
      }
    }
    return found;
  }
}
