package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saying how a host is reached, in Java and by {@code ~/.ssh/config}. */
class SshOptionsTest {
  @TempDir Path dir;

  @Test
  void eachOptionGivesANewValueAndEqualOnesAreEqual() {
    Secret password = Secret.of("canary-password");
    Ssh plain = Ssh.to("web-01.example.com");
    Ssh full =
        plain
            .port(2222)
            .user("deploy")
            .key(Path.of("/k"), password)
            .password(password)
            .agent()
            .knownHosts(Path.of("/h"))
            .acceptNew()
            .through(Ssh.to("jump"))
            .keepAlive(Duration.ofSeconds(5))
            .connectingWithin(Duration.ofSeconds(1))
            .loggingInWithin(Duration.ofSeconds(2));

    assertThat(plain).isEqualTo(Ssh.to("web-01.example.com")).hasToString(plain.toString());
    assertThat(plain.address()).isEqualTo("web-01.example.com:22");
    assertThat(Ssh.to("::1").address()).isEqualTo("[::1]:22");
    assertThat(full).hasToString("ssh deploy@web-01.example.com:2222").isNotEqualTo(plain);
    assertThat(full.user("deploy")).isEqualTo(full).hasSameHashCodeAs(full);
    assertThat(full.user("other")).isNotEqualTo(full);
    assertThat(full.key(Path.of("/k2"))).isNotEqualTo(full);
  }

  @Tag("G13")
  @Test
  void whatCouldBeTakenForAnOptionIsRefused() {
    for (String host : List.of("-oProxyCommand=id", "", "a b", "user@host", "host;id", "a/b")) {
      assertThatThrownBy(() -> Ssh.to(host))
          .hasMessageContaining("is not a host name or IP address");
    }
    for (String user : List.of("-l", "", "a b", "root;id", "$(id)")) {
      assertThatThrownBy(() -> Ssh.to("h").user(user)).hasMessageContaining("is not a user name");
    }
    assertThatThrownBy(() -> Ssh.to("h").port(0))
        .hasMessage("port 0 of h must be between 1 and 65535");
    assertThatThrownBy(() -> Ssh.to("h").keepAlive(Duration.ZERO))
        .hasMessage("the keep-alive interval is PT0S, must be more than zero");
  }

  @Test
  void aHostMayBeDescribedInTheConfigurationOfSsh() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("config"),
            """
            Host web-01
              HostName web-01.example.com
              Port 2222
              User deploy
              IdentityFile /keys/deploy
              UserKnownHostsFile /keys/known
              ProxyJump ann@jump:23,inner

            Host inner
              HostName 10.0.0.9
              StrictHostKeyChecking accept-new

            Host careless
              StrictHostKeyChecking no
            """);

    Ssh jump = Ssh.to("jump").user("ann").port(23);
    Ssh inner = Ssh.to("10.0.0.9").acceptNew().through(jump);
    assertThat(Ssh.config("web-01", file))
        .isEqualTo(
            Ssh.to("web-01.example.com")
                .port(2222)
                .user("deploy")
                .key(Path.of("/keys/deploy"))
                .knownHosts(Path.of("/keys/known"))
                .through(inner));
    assertThat(Ssh.config("elsewhere", file)).isEqualTo(Ssh.to("elsewhere"));
    assertThatThrownBy(() -> Ssh.config("careless", file))
        .hasMessage(file + ": StrictHostKeyChecking no is not supported; use yes or accept-new");
    assertThatThrownBy(() -> Ssh.config("web-01", dir.resolve("none")))
        .hasMessageContaining("can't be read");
  }
}
