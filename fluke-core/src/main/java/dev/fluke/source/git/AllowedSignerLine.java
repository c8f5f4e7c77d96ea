package dev.fluke.source.git;

import com.google.common.base.CharMatcher;
import dev.fluke.text.Printable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one line as OpenSSH does ({@code ssh-keygen(1)}, ALLOWED SIGNERS, and {@code sshsig.c}):
 * principals, options if any, type of key, key, comment. What OpenSSH would skip with a warning is
 * an error here.
 */
final class AllowedSignerLine {
  private static final CharMatcher BLANK = CharMatcher.anyOf(" \t\r\n");
  private static final String OPTIONS = "the options are namespaces, valid-after and valid-before";

  private final String place;
  private final ZoneId zone;
  private String rest;
  private Optional<SshPatterns> namespaces = Optional.empty();
  private Optional<Instant> after = Optional.empty();
  private Optional<Instant> before = Optional.empty();

  private AllowedSignerLine(String line, String place, ZoneId zone) {
    this.rest = BLANK.trimFrom(line);
    this.place = place;
    this.zone = zone;
  }

  /**
   * The signer of this line; empty for an empty line and a comment.
   *
   * @param zone of times without a {@code Z}
   */
  static Optional<AllowedSigner> read(String line, String place, ZoneId zone)
      throws SshFormatException {
    AllowedSignerLine reader = new AllowedSignerLine(line, place, zone);
    return reader.rest.isEmpty() || reader.rest.startsWith("#")
        ? Optional.empty()
        : Optional.of(reader.signer());
  }

  private AllowedSigner signer() throws SshFormatException {
    SshPatterns principals = new SshPatterns(principals());
    if (!SshKey.TYPE.matcher(firstWord()).matches()) {
      options();
    }
    String type = word();
    if (!SshKey.TYPE.matcher(type).matches()) {
      throw new SshFormatException("has no key after its principals and options");
    }
    SshKey.typeNamed(type);
    SshKey key = key(word());
    if (!key.type().equals(type)) {
      throw new SshFormatException(
          "says that its key is of type '%s', but it is of type '%s'"
              .formatted(Printable.of(type), key.type()));
    }
    if (after.isPresent() && before.isPresent() && !before.get().isAfter(after.get())) {
      throw new SshFormatException("has a 'valid-before' that is not after its 'valid-after'");
    }
    return new AllowedSigner(place, principals, namespaces, after, before, key);
  }

  /** The first word, or what stands in quotes, which are allowed for blanks in a principal. */
  private String principals() throws SshFormatException {
    int quote = firstWord().indexOf('"');
    if (quote < 0) {
      return word();
    }
    int end = rest.indexOf('"', quote + 1);
    if (end < 0) {
      throw new SshFormatException("has a '\"' without its end");
    }
    String principals = rest.substring(0, quote) + rest.substring(quote + 1, end);
    rest = BLANK.trimLeadingFrom(rest.substring(end + 1));
    return principals;
  }

  private String firstWord() {
    int end = BLANK.indexIn(rest);
    return end < 0 ? rest : rest.substring(0, end);
  }

  private String word() {
    String word = firstWord();
    rest = BLANK.trimLeadingFrom(rest.substring(word.length()));
    return word;
  }

  private static SshKey key(String base64) throws SshFormatException {
    try {
      return SshKey.of(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new SshFormatException("has a key that is not valid base64", e);
    } catch (SshFormatException e) {
      throw new SshFormatException("has a key that " + e.getMessage(), e);
    }
  }

  /** Reads options up to the first blank that is not in quotes. */
  private void options() throws SshFormatException {
    boolean more = !rest.isEmpty();
    while (more) {
      option();
      more = rest.startsWith(",");
      rest = more ? rest.substring(1) : rest;
    }
    if (!rest.isEmpty() && BLANK.indexIn(rest) != 0) {
      throw new SshFormatException(
          "has '%s' after an option; separate options by a comma"
              .formatted(Printable.shortened(rest, 60)));
    }
    rest = BLANK.trimLeadingFrom(rest);
  }

  private void option() throws SshFormatException {
    int end = CharMatcher.anyOf("=, \t").indexIn(rest);
    String name = end < 0 ? rest : rest.substring(0, end);
    String folded = name.toLowerCase(Locale.ROOT);
    if (folded.equals("cert-authority")) {
      throw new SshFormatException(
          "has the option 'cert-authority', which is not supported; name the keys that sign");
    }
    rest = rest.substring(name.length());
    switch (folded) {
      case "namespaces" -> {
        refuseSecond(folded, namespaces);
        namespaces = Optional.of(new SshPatterns(value(folded)));
      }
      case "valid-after" -> {
        refuseSecond(folded, after);
        after = Optional.of(SshTime.parse(folded, value(folded), zone));
      }
      case "valid-before" -> {
        refuseSecond(folded, before);
        before = Optional.of(SshTime.parse(folded, value(folded), zone));
      }
      default ->
          throw new SshFormatException(
              "has '%s', which is neither an option nor a type of key; %s"
                  .formatted(Printable.shortened(name, 60), OPTIONS));
    }
  }

  private static void refuseSecond(String name, Optional<?> known) throws SshFormatException {
    if (known.isPresent()) {
      throw new SshFormatException("has the option '%s' twice".formatted(name));
    }
  }

  /** The value of an option, in quotes; {@code \"} in it is a quote. */
  private String value(String name) throws SshFormatException {
    if (!rest.startsWith("=\"")) {
      throw new SshFormatException("has no value in quotes after '%s='".formatted(name));
    }
    StringBuilder value = new StringBuilder();
    int i = 2;
    for (; i < rest.length() && rest.charAt(i) != '"'; i++) {
      if (rest.startsWith("\\\"", i)) {
        i++;
      }
      value.append(rest.charAt(i));
    }
    if (i >= rest.length()) {
      throw new SshFormatException("has a '\"' without its end");
    }
    rest = rest.substring(i + 1);
    return value.toString();
  }
}
