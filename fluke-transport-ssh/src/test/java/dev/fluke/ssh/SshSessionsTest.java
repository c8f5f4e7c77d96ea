package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.Session;
import dev.fluke.command.Secret;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshSessionsTest {
  private static final Secret PASSWORD = Secret.of("canary-password");
  @TempDir Path dir;

  @Test
  void triesTheMethodsForWhichThereAreCredentials() {
    Ssh plain = Ssh.to("web-01");

    assertThat(SshSessions.methods(plain.options().login())).containsExactly("publickey");
    assertThat(SshSessions.methods(plain.password(PASSWORD).options().login()))
        .containsExactly("password", "keyboard-interactive");
    assertThat(SshSessions.methods(plain.password(PASSWORD).agent().options().login()))
        .containsExactly("publickey", "password", "keyboard-interactive");
    assertThat(SshSessions.methods(plain.password(PASSWORD).key(dir).options().login()))
        .containsExactly("publickey", "password", "keyboard-interactive");
  }

  @Test
  void setsUpASessionThatChecksHostKeysAndAsksForLife() throws Exception {
    Path known = Files.createFile(dir.resolve("known"));
    Session session =
        session(
            Ssh.to("web-01")
                .port(2222)
                .user("deploy")
                .password(PASSWORD)
                .knownHosts(known)
                .keepAlive(Duration.ofSeconds(7)));

    assertThat(session.getHost()).isEqualTo("web-01");
    assertThat(session.getPort()).isEqualTo(2222);
    assertThat(session.getUserName()).isEqualTo("deploy");
    assertThat(session.getConfig("StrictHostKeyChecking")).isEqualTo("yes");
    assertThat(session.getConfig("PreferredAuthentications"))
        .isEqualTo("password,keyboard-interactive");
    assertThat(session.getServerAliveInterval()).isEqualTo(7000);
    assertThat(session.getServerAliveCountMax()).isEqualTo(3);
    assertThat(session.getHostKeyRepository()).isInstanceOf(HostKeys.class);
  }

  @Test
  void failsBeforeItConnectsIfAFileIsMissing() {
    Path missing = dir.resolve("missing");

    assertThatThrownBy(() -> session(Ssh.to("web-01").knownHosts(missing)))
        .hasMessage("the file of known hosts %s can't be read", missing);
  }

  @Test
  void offersMacsWithSha1OnlyIfTheyAreNamed() throws Exception {
    Ssh ssh = Ssh.to("web-01").knownHosts(Path.of("/dev/null"));
    Session named = session(ssh.mac("hmac-sha1"));

    for (String way : List.of("mac.c2s", "mac.s2c")) {
      assertThat(session(ssh).getConfig(way)).contains("hmac-sha2-256").doesNotContain("sha1");
      assertThat(named.getConfig(way)).endsWith("hmac-sha2-512,hmac-sha1");
    }
  }

  private static Session session(Ssh ssh) throws Exception {
    try (Scheduler scheduler = Scheduler.system()) {
      HostKeys hostKeys = HostKeys.of(ssh.options(), Optional::empty, scheduler);
      return SshSessions.unconnected(ssh.options(), hostKeys);
    }
  }
}
