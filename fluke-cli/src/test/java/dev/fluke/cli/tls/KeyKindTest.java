package dev.fluke.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.Certificates;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys TLS may use, on keys that OpenSSL makes. */
class KeyKindTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa:2048",
        "ec -pkeyopt ec_paramgen_curve:prime256v1",
        "ec -pkeyopt ec_paramgen_curve:secp384r1",
        "ed25519"
      })
  void takesStrongKeys(String kind) throws Exception {
    Certificates.create(dir, "a", kind);

    assertThatCode(() -> Pem.keyStore(dir.resolve("a-cert.pem"), dir.resolve("a-key.pem")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa:1024, an RSA key of 1024 bits",
    "rsa:2047, an RSA key of 2047 bits",
    "ec -pkeyopt ec_paramgen_curve:secp521r1, an EC key of 521 bits on another curve",
    "ec -pkeyopt ec_paramgen_curve:secp256k1, an EC key of 256 bits on another curve",
    "ed448, a key for Ed448",
    "rsa-pss -pkeyopt rsa_keygen_bits:2048, an RSASSA-PSS key of 2048 bits"
  })
  void refusesOthersAndSaysWhatItFound(String kind, String found) throws Exception {
    Certificates.create(dir, "a", kind);
    Path key = dir.resolve("a-key.pem");

    assertThatThrownBy(() -> Pem.privateKey(key))
        .isInstanceOf(InvalidKeyException.class)
        .hasMessage(
            "%s has %s; use RSA of 2048 bits or more, P-256, P-384 or Ed25519"
                .formatted(key, found));
    assertThatThrownBy(() -> Pem.serverCertificates(dir.resolve("a-cert.pem")))
        .hasMessageContaining("a-cert.pem");
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() throws Exception {
    Certificates.create(dir, "one", "ed25519");
    Certificates.create(dir, "two", "ed25519");
    Certificates.create(dir, "rsa", "rsa:2048");

    for (String other : new String[] {"two-key.pem", "rsa-key.pem"}) {
      assertThatThrownBy(() -> Pem.keyStore(dir.resolve("one-cert.pem"), dir.resolve(other)))
          .hasMessage(
              "%s is not the key of the certificate in %s"
                  .formatted(dir.resolve(other), dir.resolve("one-cert.pem")));
    }
    assertThat(dir.resolve("one-key.pem")).exists();
  }
}
