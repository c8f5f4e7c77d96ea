package dev.fluke.cli.config;

import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.access.Credentials.Client;
import dev.fluke.cli.access.Credentials.Token;
import dev.fluke.cli.access.Right;
import dev.fluke.files.internal.FileExposure.Allowed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** {@code http.token}, {@code http.tokens} and {@code http.clients}: who may call the API. */
final class CredentialSections {
  /** A colon is for names that Fluke itself gives, such as {@code unix:ann}. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,99}");

  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final List<String> TOKEN_KEYS = List.of("token", "token_file", "token_sha256");
  private static final List<String> RIGHTS =
      Arrays.stream(Right.values()).map(Right::word).toList();
  private static final String ONE_TOKEN = "token";
  private static final int MAX_FILE = 4096;

  private final ConfigFiles files;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final Map<String, String> nameOfToken = new HashMap<>();

  private CredentialSections(ConfigFiles files) {
    this.files = files;
  }

  static Credentials of(Section http, ConfigFiles files) {
    CredentialSections reader = new CredentialSections(files);
    http.as(ONE_TOKEN, reader::known)
        .ifPresent(text -> reader.add(Token.of(text, Caller.unrestricted(ONE_TOKEN)), http));
    http.listed("tokens").forEach(reader::token);
    http.listed("clients").forEach(reader::client);
    return new Credentials(reader.tokens, reader.clients);
  }

  private void token(Section section) {
    Optional<String> name =
        section.required("name", "it is the actor of manual runs", CredentialSections::name);
    boolean one = TOKEN_KEYS.stream().filter(section::has).count() == 1;
    if (!one && !section.isBroken()) {
      section.problem("requires exactly one of " + String.join(", ", TOKEN_KEYS));
    }
    Optional<String> text = section.as("token", this::known);
    Optional<String> inFile =
        section.file("token_file", files, Allowed.NOTHING).flatMap(file -> inFile(section, file));
    Optional<String> hash = section.as("token_sha256", CredentialSections::sha256);
    Caller caller = caller(section, name.orElse(""));
    if (one && name.isPresent()) {
      text.or(() -> inFile)
          .map(given -> Token.of(given, caller))
          .or(() -> hash.map(given -> new Token(given, caller)))
          .ifPresent(token -> add(token, section));
    }
  }

  private void add(Token token, Section section) {
    String name = token.caller().name();
    if (tokens.stream().anyMatch(other -> other.caller().name().equals(name))) {
      section.problem(
          "name '%s' is a duplicate; each token needs a name of its own".formatted(name));
    }
    String first = nameOfToken.putIfAbsent(token.sha256(), name);
    if (first != null) {
      section.problem(
          "the tokens of '%s' and '%s' are the same; each name needs a token of its own"
              .formatted(first, name));
    }
    tokens.add(token);
  }

  private void client(Section section) {
    Optional<X500Principal> subject =
        section.required(
            "subject",
            "the subject of the certificate, as 'openssl x509 -noout -subject -nameopt RFC2253' prints it",
            CredentialSections::subject);
    Caller caller = caller(section, subject.map(X500Principal::getName).orElse(""));
    if (subject.isPresent()) {
      Client client = new Client(subject.get(), caller);
      if (clients.stream().anyMatch(other -> other.subject().equals(client.subject()))) {
        section.problem("the subject is a duplicate; remove one of the two");
      }
      clients.add(client);
    }
  }

  private static Caller caller(Section section, String name) {
    boolean given = section.has("may");
    if (section.hasEmptyList("may")) {
      section.problem("'may' is empty; name some of " + String.join(", ", RIGHTS));
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    rights.addAll(section.list("may", CredentialSections::right));
    if (!given && !section.isBroken()) {
      section.problem("'may' is missing: some of " + String.join(", ", RIGHTS));
    }
    Selector on = section.selector("on").orElse(Selector.everyAgent());
    section.end();
    return new Caller(name, rights, on);
  }

  /** The text, if it can be a token; it is among the secrets that messages hide. */
  private String known(String text) {
    return files.secret(TokenText.of(text).reveal()).reveal();
  }

  private static Right right(String word) {
    return Right.valueOf(ConfigValues.oneOf(word, RIGHTS).toUpperCase(Locale.ROOT));
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be at most 100 letters, digits, and . _ - @, and begin with a letter or a digit");
    }
    return text;
  }

  private static String sha256(String text) {
    if (!SHA256.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be 64 hexadecimal digits, as 'echo -n \"$TOKEN\" | sha256sum' prints them");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static X500Principal subject(String text) {
    try {
      X500Principal subject = new X500Principal(text);
      if (!subject.getName().isEmpty()) {
        return subject;
      }
    } catch (IllegalArgumentException e) {
      // the message below says how a subject looks
    }
    throw new IllegalArgumentException("must be a subject such as CN=ann,O=Example");
  }

  /** The token in a file, which may end with a line break. */
  private Optional<String> inFile(Section section, Path file) {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw new IllegalArgumentException("'%s' is too large for a token".formatted(file));
      }
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return Optional.of(known(text.replaceFirst("\\r?\\n$", "")));
    } catch (IOException e) {
      section.problemOf("token_file", "can't read '%s': %s".formatted(file, e));
    } catch (IllegalArgumentException e) {
      section.problemOf("token_file", String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }
}
