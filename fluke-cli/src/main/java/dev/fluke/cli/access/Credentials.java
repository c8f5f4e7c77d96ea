package dev.fluke.cli.access;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * The callers whom the API accepts over TCP, and how each proves who he is. It holds no secret:
 * tokens are kept as hashes. Immutable.
 *
 * @param tokens the tokens
 * @param clients the client certificates
 */
public record Credentials(List<Token> tokens, List<Client> clients) {
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  /** Copies the lists. */
  public Credentials {
    tokens = List.copyOf(tokens);
    clients = List.copyOf(clients);
  }

  /**
   * A caller who sends a token.
   *
   * @param sha256 the SHA-256 of the token, 64 hexadecimal digits in lower case
   */
  public record Token(String sha256, Caller caller) {
    /** The token with this text. */
    public static Token of(String token, Caller caller) {
      return new Token(hash(token), caller);
    }
  }

  /**
   * A caller who has a client certificate.
   *
   * @param subject the whole subject of the certificate
   */
  public record Client(X500Principal subject, Caller caller) {
    /** Equal principals may differ in case and in form; a caller has exactly one name. */
    private boolean isNamed(X500Principal other) {
      return subject.equals(other) && subject.getName().equals(other.getName());
    }
  }

  /** Whether the text can be a token in a header: printable ASCII without spaces. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** No credentials. */
  public static Credentials none() {
    return new Credentials(List.of(), List.of());
  }

  /** One token named {@code token} that may do everything on every agent. */
  public static Credentials of(String token) {
    return new Credentials(List.of(Token.of(token, Caller.unrestricted("token"))), List.of());
  }

  /** Whether nobody can prove who he is. */
  public boolean isEmpty() {
    return tokens.isEmpty() && clients.isEmpty();
  }

  /** The caller with this token. Takes the same time for each token of one length. */
  public Optional<Caller> ofToken(String token) {
    byte[] given = hash(token).getBytes(StandardCharsets.US_ASCII);
    Optional<Caller> found = Optional.empty();
    for (Token each : tokens) {
      if (MessageDigest.isEqual(given, each.sha256().getBytes(StandardCharsets.US_ASCII))) {
        found = Optional.of(each.caller());
      }
    }
    return found;
  }

  /** The caller with a certificate of this subject. */
  public Optional<Caller> ofSubject(X500Principal subject) {
    return clients.stream()
        .filter(client -> client.isNamed(subject))
        .map(Client::caller)
        .findFirst();
  }

  private static String hash(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  /** Shows the names of the callers, and no hash. */
  @Override
  public String toString() {
    return "credentials of "
        + List.of(
            tokens.stream().map(token -> token.caller().name()).toList(),
            clients.stream().map(client -> client.caller().name()).toList());
  }
}
