package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit or a tag, split into what was signed and the signature, as Git splits it ({@code
 * parse_buffer_signed_by_header} in {@code commit.c}, {@code parse_signature} in {@code
 * gpg-interface.c}). Both are text in ISO 8859-1, which keeps every byte.
 *
 * @param signed what was signed
 * @param signature empty if there is none
 */
record SignedObject(String signed, String signature) {
  private static final String HEADER = "gpgsig";
  private static final Pattern ARMOR =
      Pattern.compile(
          "^-----BEGIN (PGP SIGNATURE|PGP MESSAGE|SIGNED MESSAGE|SSH SIGNATURE)-----",
          Pattern.MULTILINE);

  /** {@code split_ident_line} in {@code ident.c}: seconds and zone after the last {@code >}. */
  private static final Pattern PERSON =
      Pattern.compile("[^<]*<.*>\\s*+(?:(\\d++)\\s*+[+-]\\d.*|.*)", Pattern.DOTALL);

  /** The year 10,000, from which on {@code ssh-keygen} reads no time. */
  private static final long AFTER_ALL_TIMES = 253_402_300_800L;

  /** Where a line of the head of a commit belongs. */
  private enum Part {
    SIGNED,
    SIGNATURE,
    /** A header whose name only begins so, such as {@code gpgsig-sha256}: Git leaves it out. */
    OTHER
  }

  /**
   * Splits a commit at its header {@code gpgsig}.
   *
   * @throws SshFormatException if it has two of them, which Git would read as one
   */
  static SignedObject commit(byte[] raw) throws SshFormatException {
    String text = new String(raw, ISO_8859_1);
    StringBuilder signed = new StringBuilder();
    StringBuilder signature = new StringBuilder();
    Part part = Part.SIGNED;
    int line = 0;
    while (line < text.length() && text.charAt(line) != '\n') {
      int next = lineAfter(text, line);
      boolean continues = text.charAt(line) == ' ';
      part = continues ? part : partOf(text, line);
      if (part == Part.SIGNED) {
        signed.append(text, line, next);
      } else if (part == Part.SIGNATURE) {
        if (!continues && signature.length() > 0) {
          throw new SshFormatException("has two signatures");
        }
        signature.append(text, line + (continues ? 1 : HEADER.length() + 1), next);
      }
      line = next;
    }
    signed.append(text, line, text.length()); // the message, in which nothing is a header
    return new SignedObject(signed.toString(), signature.toString());
  }

  private static Part partOf(String text, int line) {
    if (!text.startsWith(HEADER, line)) {
      return Part.SIGNED;
    }
    return text.startsWith(" ", line + HEADER.length()) ? Part.SIGNATURE : Part.OTHER;
  }

  private static int lineAfter(String text, int line) {
    int end = text.indexOf('\n', line);
    return end < 0 ? text.length() : end + 1;
  }

  /** Splits a tag at the last line that begins a signature; what stands before it is signed. */
  static SignedObject tag(byte[] raw) {
    String text = new String(raw, ISO_8859_1);
    int at = text.length();
    Matcher armor = ARMOR.matcher(text);
    while (armor.find()) {
      at = armor.start();
    }
    return new SignedObject(text.substring(0, at), text.substring(at));
  }

  /** The bytes that were signed. */
  byte[] message() {
    return signed.getBytes(ISO_8859_1);
  }

  /** The first header of this name, among those that were signed; empty if there is none. */
  Optional<String> header(String name) {
    for (int line = 0; line < signed.length() && signed.charAt(line) != '\n'; ) {
      int next = lineAfter(signed, line);
      if (signed.startsWith(name + " ", line)) {
        return Optional.of(
            signed.substring(line + name.length() + 1, next).replaceFirst("\n$", ""));
      }
      line = next;
    }
    return Optional.empty();
  }

  /**
   * When the committer or tagger says that he made it; {@code now} if he does not say.
   *
   * @param header {@code committer} or {@code tagger}
   */
  Instant time(String header, Instant now) throws SshFormatException {
    Matcher person = PERSON.matcher(header(header).orElse(""));
    if (!person.matches()) {
      throw new SshFormatException("has no valid " + header);
    }
    String digits = person.group(1) == null ? "0" : person.group(1);
    boolean isLate = digits.length() > 15 || Long.parseLong(digits) >= AFTER_ALL_TIMES;
    if (isLate) {
      throw new SshFormatException("has a " + header + " with a time after the year 9999");
    }
    long seconds = Long.parseLong(digits);
    return seconds == 0 ? now : Instant.ofEpochSecond(seconds);
  }
}
