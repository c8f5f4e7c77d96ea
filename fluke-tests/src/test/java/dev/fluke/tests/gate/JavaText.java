package dev.fluke.tests.gate;

import java.util.ArrayList;
import java.util.List;

/** A Java text, split into code, comments and literals. */
final class JavaText {
  /**
   * Text for a reader, with the line where it begins: a comment, with the line comments that follow
   * it, or literals joined by a plus.
   */
  record Prose(int line, String text) {}

  private enum Kind {
    LINE_COMMENT("//", "\n"),
    COMMENT("/*", "*/"),
    TEXT_BLOCK("\"\"\"", "\"\"\""),
    STRING("\"", "\""),
    CHARACTER("'", "'");

    private final String begin;
    private final String end;

    Kind(String begin, String end) {
      this.begin = begin;
      this.end = end;
    }

    private boolean isComment() {
      return this == LINE_COMMENT || this == COMMENT;
    }

    /** Where the part that begins at {@code start} ends. */
    private int endIn(String text, int start) {
      int at = start + begin.length();
      while (at < text.length() && !text.startsWith(end, at)) {
        at += !isComment() && text.charAt(at) == '\\' ? 2 : 1;
      }
      int past = this == LINE_COMMENT ? at : at + end.length();
      return Math.min(past, text.length());
    }
  }

  private final String text;
  private final StringBuilder code = new StringBuilder();
  private final List<Prose> prose = new ArrayList<>();
  private Kind last;
  private int lastEnd;
  private int counted;
  private int line = 1;

  private JavaText(String text) {
    this.text = text;
  }

  static JavaText of(String text) {
    JavaText java = new JavaText(text);
    java.split();
    return java;
  }

  /** The code, as long as the text: blanks stand for comments and for what literals contain. */
  String code() {
    return code.toString();
  }

  /** Comments and literals, in their order. */
  List<Prose> prose() {
    return prose;
  }

  private void split() {
    int at = 0;
    while (at < text.length()) {
      Kind kind = kindAt(at);
      if (kind == null) {
        code.append(text.charAt(at++));
        continue;
      }
      int end = kind.endIn(text, at);
      String part = text.substring(at, end);
      int begins = line(at);
      code.append(kind.isComment() ? blank(part) : blankLiteral(kind, part));
      if (kind != Kind.CHARACTER) {
        add(kind, at, kind.isComment() ? part : content(kind, part), begins);
        last = kind;
        lastEnd = end;
      }
      at = end;
    }
  }

  /** Notes a part, joined to the one before where a reader reads on. */
  private void add(Kind kind, int at, String part, int begins) {
    String between = text.substring(lastEnd, at).strip();
    boolean goesOn =
        kind == Kind.LINE_COMMENT
            ? last == Kind.LINE_COMMENT && between.isEmpty()
            : !kind.isComment() && last != null && !last.isComment() && between.equals("+");
    if (goesOn) {
      Prose before = prose.remove(prose.size() - 1);
      String sign = kind.isComment() ? "\n" : "";
      prose.add(new Prose(before.line(), before.text() + sign + part));
    } else {
      prose.add(new Prose(begins, part));
    }
  }

  private Kind kindAt(int at) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.begin, at)) {
        return kind;
      }
    }
    return null;
  }

  /** The line of a place no earlier than the one asked for before. */
  private int line(int at) {
    for (; counted < at; counted++) {
      if (text.charAt(counted) == '\n') {
        line++;
      }
    }
    return line;
  }

  private static String blankLiteral(Kind kind, String part) {
    return kind.begin + blank(content(kind, part)) + kind.end;
  }

  private static String content(Kind kind, String part) {
    return part.substring(kind.begin.length(), part.length() - kind.end.length());
  }

  private static String blank(String part) {
    return part.replaceAll("[^\\n]", " ");
  }
}
