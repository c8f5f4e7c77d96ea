package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyTextTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void agreesWithSshKeygen(String type) throws Exception {
    SshServer.keygen(dir.resolve("key"), "-t", type, "-N", "");
    String[] words = Files.readString(dir.resolve("key.pub")).split(" ", -1);
    String printed = SshServer.run(List.of("ssh-keygen", "-lf", dir.resolve("key.pub") + ""));
    byte[] key = Base64.getDecoder().decode(words[1].strip());

    assertThat(HostKeyText.type(key)).isEqualTo(words[0]);
    assertThat(HostKeyText.base64(key)).isEqualTo(words[1].strip());
    assertThat(HostKeyText.fingerprint(key)).isEqualTo(printed.split(" ", -1)[1]);
    assertThat(HostKeyText.read(words[0], words[1])).contains(key);
    assertThat(HostKeyText.read("ssh-dss", words[1])).isEmpty();
    assertThat(HostKeyText.read(words[0], words[1] + "[127.0.0.2]:22")).isEmpty();

    String file = dir.resolve("key").toString();
    SshServer.run(
        List.of("ssh-keygen", "-q", "-s", file, "-I", "id", "-h", "-n", "web-01", file + ".pub"));
    String[] certificate = Files.readString(dir.resolve("key-cert.pub")).split(" ", -1);
    assertThat(certificate[0]).endsWith("-cert-v01@openssh.com");
    assertThat(HostKeyText.read(certificate[0], certificate[1])).contains(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "AAAAC3NzaC1", "not base64", "/////w=="})
  void readsNoKeyFromOtherText(String text) {
    assertThat(HostKeyText.read("ssh-ed25519", text)).isEmpty();
  }

  @Test
  void readsNoFurtherThanToTheEndOfAShortKey() {
    assertThat(HostKeyText.type(new byte[] {0, 0, 0, 99, 's', 's', 'h'})).isEqualTo("ssh");
  }
}
