package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.ssh.KnownHosts.Finding;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("T03")
class KnownHostsTest {
  @TempDir Path dir;

  /** A public key of 32 equal bytes. */
  private static byte[] key(int each) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
    byte[] value = new byte[32];
    Arrays.fill(value, (byte) each);
    for (byte[] part : List.of(type, value)) {
      out.writeInt(part.length);
      out.write(part);
    }
    return bytes.toByteArray();
  }

  private Path file(String name, String lines) throws IOException {
    String text =
        lines
            .replace("/", "\n")
            .replace("KEY", "ssh-ed25519 " + HostKeyText.base64(key(1)))
            .replace("OTHER", "ssh-ed25519 " + HostKeyText.base64(key(2)));
    return Files.writeString(dir.resolve(name), text + "\n");
  }

  private static SshOptions.Trust trust(Path... files) {
    return new SshOptions.Trust(List.of(files), null, false);
  }

  @ParameterizedTest
  @CsvSource({
    "web-01 KEY, KNOWN",
    "web-01 OTHER, CHANGED",
    "db-01 KEY, UNKNOWN",
    "web-01 OTHER/web-01 KEY, KNOWN",
    "web-* KEY, KNOWN",
    "web-* OTHER, CHANGED",
    "web-* OTHER/web-01 KEY, KNOWN",
    "@revoked * KEY, CHANGED",
    "@revoked db-01 KEY, CHANGED",
    "web-01 KEY/@revoked * KEY, CHANGED",
    "@revoked * OTHER/web-01 KEY, KNOWN",
    "@cert-authority web-* KEY, UNKNOWN",
    "# web-01 KEY, UNKNOWN",
  })
  void findsWhatTheLinesSayAboutAKey(String lines, Finding finding) throws Exception {
    KnownHosts known = KnownHosts.read(trust(file("known", lines)));

    assertThat(known.find("web-01", key(1))).isEqualTo(finding);
  }

  @Test
  void readsAllFilesAndNamesTheFirst() throws Exception {
    Path one = file("one", "web-01 OTHER");
    Path two = file("two", "web-01 KEY");
    KnownHosts known = KnownHosts.read(trust(one, two));

    assertThat(known.find("web-01", key(1))).isEqualTo(Finding.KNOWN);
    assertThat(known.keys("web-01", null)).hasSize(2);
    assertThat(known.keys("db-01", null)).isEmpty();
    assertThat(known.first()).isEqualTo(one);
  }

  @Test
  void refusesAMissingFileThatWasNamed() throws Exception {
    Path missing = dir.resolve("missing");

    assertThatThrownBy(() -> KnownHosts.read(trust(missing)))
        .hasMessage("the file of known hosts %s can't be read", missing);
    assertThat(KnownHosts.read(trust(missing).acceptingNew()).keys(null, null)).isEmpty();
  }

  @Test
  void addsAKeyThatIsFoundNextTime() throws Exception {
    SshOptions.Trust trust = trust(dir.resolve("new/known")).acceptingNew();

    KnownHosts.read(trust).add("Web-01", key(1));

    assertThat(dir.resolve("new/known"))
        .hasContent("web-01 ssh-ed25519 " + HostKeyText.base64(key(1)) + "\n");
    assertThat(KnownHosts.read(trust).find("web-01", key(1))).isEqualTo(Finding.KNOWN);
    assertThat(KnownHosts.read(trust).find("web-01", key(2))).isEqualTo(Finding.CHANGED);
  }
}
