package dev.fluke.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.access.Credentials.Client;
import dev.fluke.cli.access.Credentials.Token;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final Caller ANN = Caller.unrestricted("ann");

  @Test
  void findsTheCallerOfAToken() {
    Credentials credentials =
        new Credentials(
            List.of(
                Token.of("first", ANN),
                new Token(
                    "16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4",
                    Caller.unrestricted("bob"))),
            List.of());

    assertThat(credentials.ofToken("first")).contains(ANN);
    assertThat(credentials.ofToken("second")).contains(Caller.unrestricted("bob"));
    assertThat(credentials.ofToken("")).isEmpty();
    assertThat(credentials.ofToken("first ")).isEmpty();
    assertThat(credentials).hasToString("credentials of [[ann, bob], []]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=Ann,O=Example",
        "CN=ann",
        "O=Example,CN=ann",
        "CN=ann,O=Example,C=DE",
        "CN=ann\\,O\\=Example",
        "CN=\uff41nn,O=Example",
        "CN=ann+O=Example",
        "CN=ann ,OU=x,O=Example"
      })
  void findsOnlyTheWholeSubject(String other) {
    X500Principal subject = new X500Principal("CN=ann,O=Example");
    Credentials credentials = new Credentials(List.of(), List.of(new Client(subject, ANN)));

    assertThat(credentials.ofSubject(new X500Principal("cn=ann, o=Example"))).contains(ANN);
    assertThat(credentials.ofSubject(new X500Principal(other))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"abc, true", "!~, true", "'a b', false", "'', false", "ü, false", "'a\t', false"})
  void knowsWhatCanBeAToken(String text, boolean isToken) {
    assertThat(Credentials.isToken(text)).isEqualTo(isToken);
  }

  @Test
  void isEmptyWithoutTokensAndClients() {
    assertThat(Credentials.none().isEmpty()).isTrue();
    assertThat(Credentials.of("t").isEmpty()).isFalse();
    assertThat(Credentials.of("t").ofToken("t")).contains(Caller.unrestricted("token"));
  }
}
