package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.JSch;
import dev.fluke.command.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshKeyTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void make() throws Exception {
    file = dir.resolve("key");
    SshServer.keygen(file, "-t", "ed25519", "-N", "canary-phrase");
  }

  private static List<String> added(SshKey key) throws Exception {
    JSch jsch = new JSch();
    key.addTo(jsch);
    return List.copyOf(jsch.getIdentityNames());
  }

  @Test
  void addsAKeyFromAFileAndFromText() throws Exception {
    assertThat(added(SshKey.inFile(file, Optional.of(Secret.of("canary-phrase")))))
        .containsExactly(file.toString());
    assertThat(added(SshKey.inMemory(Secret.of(Files.readString(file))))).containsExactly("key");
  }

  @Test
  void addsAKeyWithItsCertificate() throws Exception {
    Path authority = dir.resolve("authority");
    SshServer.keygen(authority);
    SshServer.run(
        List.of("ssh-keygen", "-q", "-s", authority + "", "-I", "one", "-n", "ann", file + ".pub"));

    assertThat(added(SshKey.certified(file, dir.resolve("key-cert.pub"))))
        .containsExactly(file.toString());
  }

  @Test
  void namesTheKeyThatCannotBeRead() throws Exception {
    Path missing = dir.resolve("missing");
    assertThatThrownBy(() -> added(SshKey.inFile(missing, Optional.empty())))
        .hasMessage("the private key %s: the file can't be read", missing);
    assertThatThrownBy(() -> added(SshKey.inMemory(Secret.of("canary-not-a-key"))))
        .hasMessageStartingWith("the private key given as text: ")
        .message()
        .doesNotContain("canary");
  }

  @Test
  void neverShowsTheKeyOrItsPassphrase() {
    assertThat(SshKey.inMemory(Secret.of("canary-key"))).hasToString("given as text");
    assertThat(SshKey.inFile(file, Optional.of(Secret.of("canary-phrase"))))
        .hasToString(file.toString());
  }

  @Test
  void isEqualToAKeyInTheSameFileWithTheSameSecret() {
    Secret phrase = Secret.of("canary-phrase");
    SshKey key = SshKey.inFile(file, Optional.of(phrase));

    assertThat(key)
        .isEqualTo(SshKey.inFile(file, Optional.of(phrase)))
        .isNotEqualTo(SshKey.inFile(file, Optional.of(Secret.of("canary-phrase"))))
        .isNotEqualTo(SshKey.inFile(file, Optional.empty()))
        .isNotEqualTo(SshKey.certified(file, dir.resolve("cert")));
  }
}
