package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedSignerLineTest {
  private static final String BASE64 =
      "AAAAC3NzaC1lZDI1NTE5AAAAIIs8BdRuEMg4RlJd8pXyRqdOnKRmXVmCCaiYCsSQJFbj";
  private static final String KEY = "ssh-ed25519 " + BASE64;

  private static Optional<AllowedSigner> read(String line) throws SshFormatException {
    return AllowedSignerLine.read(line, "signers:7", ZoneOffset.UTC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \t", "# ann", "  #ann ssh-ed25519", "\r"})
  void skipsEmptyLinesAndComments(String line) throws Exception {
    assertThat(read(line)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann@example.com ssh-ed25519 KEY | ann@example.com",
        "  a,b*,!c \t ssh-ed25519 \t KEY a comment\r | a,b*,!c",
        "\"a b\" ssh-ed25519 KEY | a b",
        "a\"b c\" ssh-ed25519 KEY | ab c",
      })
  void readsPrincipalsAndKey(String line, String principals) throws Exception {
    AllowedSigner signer = read(line.replace("KEY", BASE64)).orElseThrow();

    assertThat(signer.principals().list()).isEqualTo(principals);
    assertThat(signer.key().type()).isEqualTo("ssh-ed25519");
    assertThat(signer.place()).isEqualTo("signers:7");
    assertThat(signer.namespaces()).isEmpty();
    assertThat(signer.after()).isEmpty();
    assertThat(signer.before()).isEmpty();
  }

  @Test
  void readsOptions() throws Exception {
    AllowedSigner signer =
        read("a Namespaces=\"git,\\\"x y\",VALID-AFTER=\"20240101\",valid-before=\"20250101Z\" "
                + KEY)
            .orElseThrow();

    assertThat(signer.namespaces()).contains(new SshPatterns("git,\"x y"));
    assertThat(signer.after()).contains(Instant.parse("2024-01-01T00:00:00Z"));
    assertThat(signer.before()).contains(Instant.parse("2025-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | has no key after its principals and options",
        "KEY | has no key after its principals and options",
        "a ssh-ed25519 | has a key that is cut off",
        "a ssh-ed25519 !! | has a key that is not valid base64",
        "a ssh-ed25519 AAAA | has a key that is cut off",
        "a ssh-rsa KEY | says that its key is of type 'ssh-rsa', but it is of type 'ssh-ed25519'",
        "a ssh-dss KEY | is of type 'ssh-dss'; use ssh-ed25519, ecdsa-sha2-nistp256, -384, -521 or"
            + " ssh-rsa",
        "a sk-ssh-ed25519@openssh.com KEY | is of type 'sk-ssh-ed25519@openssh.com'; keys of"
            + " security tokens (sk-) are not supported",
        "a ssh-ed25519-cert-v01@openssh.com KEY | is of type 'ssh-ed25519-cert-v01@openssh.com';"
            + " certificates are not supported",
        "a cert-authority ssh-ed25519 KEY | has the option 'cert-authority', which is not"
            + " supported; name the keys that sign",
        "a namespaces=\"git\",CERT-AUTHORITY ssh-ed25519 KEY | has the option 'cert-authority',"
            + " which is not supported; name the keys that sign",
        "a namespaces=git ssh-ed25519 KEY | has no value in quotes after 'namespaces='",
        "a namespaces ssh-ed25519 KEY | has no value in quotes after 'namespaces='",
        "a namespaces=\"git ssh-ed25519 KEY | has a '\"' without its end",
        "a namespaces=\"a\",namespaces=\"b\" ssh-ed25519 KEY | has the option 'namespaces' twice",
        "a namespaces=\"a\"valid-after=\"20240101\" ssh-ed25519 KEY | has"
            + " 'valid-after=\"20240101\" ssh-ed25519 KEY' after an option; separate options by a"
            + " comma",
        "a valid-after=\"20250101\",valid-before=\"20240101\" ssh-ed25519 KEY | has a"
            + " 'valid-before' that is not after its 'valid-after'",
        "a valid-until=\"2024\" ssh-ed25519 KEY | has 'valid-until', which is neither an option nor"
            + " a type of key; the options are namespaces, valid-after and valid-before",
        "\"a ssh-ed25519 KEY | has a '\"' without its end",
      })
  void refusesOtherLines(String line, String why) {
    String text = line.startsWith("a namespaces=\"a\"valid") ? line : line.replace("KEY", BASE64);

    assertThatThrownBy(() -> read(text)).isInstanceOf(SshFormatException.class).hasMessage(why);
  }

  @Test
  void refusesAShortRsaKey() {
    byte[] type = "ssh-rsa".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer blob = ByteBuffer.allocate(4 + 7 + 4 + 1 + 4 + 128);
    blob.putInt(7).put(type).putInt(1).put((byte) 3).putInt(128).put((byte) 1);
    String key = Base64.getEncoder().encodeToString(blob.array());

    assertThatThrownBy(() -> read("a ssh-rsa " + key))
        .hasMessage("has a key that is an RSA key of 1017 bits; from 2048 to 16384 are accepted");
  }
}
