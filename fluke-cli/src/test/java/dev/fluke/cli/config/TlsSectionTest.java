package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Certificates;
import dev.fluke.cli.PrivateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificate and key of the API, as the config names them. */
class TlsSectionTest {
  private static final String GOOD = "; use RSA of 2048 bits or more, P-256, P-384 or Ed25519";

  @TempDir Path dir;
  private Optional<HttpConfig.Tls> read = Optional.empty();

  private List<String> problems(String certificate, String key) {
    SectionFixture fixture =
        SectionFixture.of(
            "{ cert_file: '%s', key_file: '%s' }\n"
                .formatted(dir.resolve(certificate), dir.resolve(key)));
    read = TlsSection.of(fixture.root(), SectionFixture.files());
    return fixture.problems().stream().map(text -> text.replace(dir + "/", "")).toList();
  }

  @Test
  void readsCertificateAndKey() throws Exception {
    Certificates.create(dir, "good", "ed25519");

    assertThat(problems("good-cert.pem", "good-key.pem")).isEmpty();
    assertThat(read)
        .contains(new HttpConfig.Tls(dir.resolve("good-cert.pem"), dir.resolve("good-key.pem")));
  }

  @Test
  void reportsAKeyThatIsTooWeakAtBothFiles() throws Exception {
    Certificates.create(dir, "weak", "rsa:1024");

    assertThat(problems("weak-cert.pem", "weak-key.pem"))
        .extracting(text -> text.replaceFirst("1:\\d+: ", ""))
        .containsExactly(
            "f.yaml:'cert_file': weak-cert.pem has an RSA key of 1024 bits" + GOOD,
            "f.yaml:'key_file': weak-key.pem has an RSA key of 1024 bits" + GOOD);
  }

  @Test
  void reportsTheKeyOfAnotherCertificate() throws Exception {
    Certificates.create(dir, "one", "ed25519");
    Certificates.create(dir, "two", "ed25519");

    assertThat(problems("one-cert.pem", "two-key.pem"))
        .singleElement()
        .asString()
        .endsWith("'key_file': two-key.pem is not the key of the certificate in one-cert.pem");
  }

  @Test
  void reportsWhatIsMissingOrReadableByOthers() throws Exception {
    Certificates.create(dir, "good", "ed25519");
    PrivateFile.withMode(dir.resolve("good-key.pem"), "rw-r--r--");

    assertThat(problems("none.pem", "good-key.pem"))
        .extracting(text -> text.replaceFirst("1:\\d+: ", ""))
        .containsExactly(
            "f.yaml:'key_file': good-key.pem can be read by others (mode 0644); run chmod 600 good-key.pem",
            "f.yaml:'cert_file': there is no file none.pem");
    Files.writeString(dir.resolve("none.pem"), "no certificate");
    assertThat(problems("none.pem", "good-key.pem"))
        .anyMatch(text -> text.endsWith("'cert_file': none.pem contains no certificates in PEM"));
  }
}
