package dev.fluke.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one JSON text (RFC 8259) from its beginning to its end. */
final class JsonReader {
  private static final int DEEPEST = 100;
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
  private static final int LONGEST_LONG = 18;
  private static final int LONGEST_NUMBER = 1_000;

  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  /** Reads an object, and nothing after it. */
  Map<String, Object> object() {
    skipSpace();
    Map<String, Object> all = readObject();
    skipSpace();
    if (at < text.length()) {
      throw unexpected("the end");
    }
    return all;
  }

  private Object readValue() {
    skipSpace();
    return switch (peek()) {
      case '{' -> readObject();
      case '[' -> readArray();
      case '"' -> readText();
      case 't' -> readWord("true", true);
      case 'f' -> readWord("false", false);
      default -> readNumber();
    };
  }

  private Map<String, Object> readObject() {
    expect('{');
    deeper();
    Map<String, Object> all = new LinkedHashMap<>();
    skipSpace();
    if (peek() != '}') {
      do {
        skipSpace();
        int keyAt = at;
        String key = readText();
        skipSpace();
        expect(':');
        if (all.put(key, readValue()) != null) {
          at = keyAt;
          throw wrong("the key '%s' is there twice".formatted(Printable.of(key)));
        }
      } while (another());
    }
    expect('}');
    depth--;
    return all;
  }

  private List<Object> readArray() {
    expect('[');
    deeper();
    List<Object> all = new ArrayList<>();
    skipSpace();
    if (peek() != ']') {
      do {
        all.add(readValue());
      } while (another());
    }
    expect(']');
    depth--;
    return all;
  }

  /** Whether a comma comes next. */
  private boolean another() {
    skipSpace();
    if (peek() != ',') {
      return false;
    }
    at++;
    return true;
  }

  private String readText() {
    expect('"');
    StringBuilder read = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at);
      if (c < ' ') {
        throw unexpected("no control character in a text");
      }
      at++;
      read.append(c == '\\' ? readEscaped() : c);
    }
    at++;
    return read.toString();
  }

  private char readEscaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> readHex();
      default -> {
        at--;
        throw unexpected("one of \"\\/bfnrtu after a backslash");
      }
    };
  }

  private char readHex() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw unexpected("four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private Object readWord(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
    return value;
  }

  private Number readNumber() {
    int end = Math.min(text.length(), at + LONGEST_NUMBER + 1);
    Matcher number = NUMBER.matcher(text).region(at, end);
    if (!number.lookingAt()) {
      throw unexpected("a value");
    }
    String digits = number.group();
    if (digits.length() > LONGEST_NUMBER) {
      throw wrong("a number has more than %d characters".formatted(LONGEST_NUMBER));
    }
    Number read = valueOf(digits, number);
    if (!canRead(read)) {
      throw wrong("a number is written with an exponent of more than 3 digits, or is too long");
    }
    at = number.end();
    return read;
  }

  /** Whether the text of this number can be read. */
  static boolean canRead(Number number) {
    String written = number.toString();
    return written.length() <= LONGEST_NUMBER && NUMBER.matcher(written).matches();
  }

  private static Number valueOf(String digits, Matcher number) {
    if (number.group(1) != null || number.group(2) != null) {
      double simple = Double.parseDouble(digits);
      return Double.toString(simple).equals(digits) ? (Number) simple : new BigDecimal(digits);
    }
    if (digits.length() <= LONGEST_LONG) {
      return Long.valueOf(digits);
    }
    BigInteger whole = new BigInteger(digits);
    return whole.bitLength() < Long.SIZE ? (Number) whole.longValueExact() : whole;
  }

  private void deeper() {
    depth++;
    if (depth > DEEPEST) {
      throw wrong("more than %d objects and arrays in each other".formatted(DEEPEST));
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at == text.length()) {
      throw wrong("the text ends in the middle");
    }
    return text.charAt(at);
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw unexpected("'" + expected + "'");
    }
    at++;
  }

  private IllegalArgumentException unexpected(String expected) {
    String found = at == text.length() ? "the end" : "'" + text.charAt(at) + "'";
    return wrong("expected %s, found %s".formatted(expected, Printable.of(found)));
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("character %d: %s".formatted(at + 1, what));
  }
}
