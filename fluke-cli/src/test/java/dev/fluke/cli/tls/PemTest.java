package dev.fluke.cli.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.Certificates;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.spec.InvalidKeySpecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  @TempDir Path dir;

  private Path write(String name, String text) throws Exception {
    return Files.writeString(dir.resolve(name), text);
  }

  private void create(String kind) throws Exception {
    Certificates.create(dir, "of", kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ec -pkeyopt ec_paramgen_curve:prime256v1", "ed25519"})
  void readsKeysOfEachKind(String key) throws Exception {
    create(key);

    KeyStore store = Pem.keyStore(dir.resolve("of-cert.pem"), dir.resolve("of-key.pem"));

    assertThat(store.isKeyEntry("fluke")).isTrue();
    assertThat(store.getCertificateChain("fluke")).hasSize(1);
  }

  @Test
  void readsAllCertificatesOfAFile() throws Exception {
    create("ed25519");
    String certificate = Files.readString(dir.resolve("of-cert.pem"));

    assertThat(Pem.certificates(write("chain.pem", certificate + certificate))).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
  void namesAFileWithoutCertificates(String text) throws Exception {
    Path file = write("cert.pem", text);

    assertThatThrownBy(() -> Pem.certificates(file))
        .isInstanceOf(CertificateException.class)
        .hasMessage(file + " contains no certificates in PEM");
    assertThatThrownBy(() -> Pem.certificates(dir.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
      })
  void explainsWhichKeysItReads(String text) throws Exception {
    create("ed25519");
    Path key = write("key.pem", text);

    assertThatThrownBy(() -> Pem.keyStore(dir.resolve("of-cert.pem"), key))
        .isInstanceOf(InvalidKeySpecException.class)
        .hasMessage(
            key
                + " contains no unencrypted PKCS #8 key;"
                + " 'openssl pkcs8 -topk8 -nodes -in KEY' prints one");
  }

  @Test
  void rejectsOtherKinds() throws Exception {
    create("ed25519");
    Path key = write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");

    assertThatThrownBy(() -> Pem.keyStore(dir.resolve("of-cert.pem"), key))
        .hasMessage(
            key
                + " has a key of another kind; use RSA of 2048 bits or more, P-256, P-384 or Ed25519");
  }
}
