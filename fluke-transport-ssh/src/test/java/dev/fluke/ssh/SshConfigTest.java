package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SshConfigTest {
  @TempDir Path dir;

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("config"), text);
  }

  private Ssh host(String settings) throws IOException {
    return Ssh.config("web-01", file("Host web-01\n" + settings.indent(2)));
  }

  @Test
  void readsAllThatItSupports() throws Exception {
    Path file =
        file(
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

  @ParameterizedTest
  @CsvSource({
    "jump, jump, 22",
    "jump:23, jump, 23",
    "::1, ::1, 22",
    "[::1]:23, ::1, 23",
    "10.0.0.9:23, 10.0.0.9, 23"
  })
  void readsJumpHostsWithAndWithoutAPort(String text, String host, int port) throws Exception {
    assertThat(host("ProxyJump " + text))
        .isEqualTo(Ssh.to("web-01").through(Ssh.to(host).port(port)));
  }

  @Test
  void namesACircleOfJumpHosts() throws Exception {
    Path circle = file("Host *\n  ProxyJump bastion\nHost bastion\n  HostName 10.0.0.1\n");
    assertThatThrownBy(() -> Ssh.config("web-01", circle))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            circle
                + ": ProxyJump leads in a circle: web-01 > bastion > bastion; end it with"
                + " ProxyJump none at the last host");
  }

  @Test
  void refusesJumpHostsThatDouble() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("Host h%d\n  ProxyJump h%d,h%d\n".formatted(i, i + 1, i + 1));
    }
    Path doubling = file(text.toString());
    assertThatThrownBy(() -> Ssh.config("h0", doubling))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ProxyJump names more than 32 hosts: h0 > h1 > h2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jump:x", "jump:99999", "[::1"})
  void refusesAJumpHostThatIsNoAddress(String text) {
    assertThatThrownBy(() -> host("ProxyJump " + text))
        .hasMessage(
            "%s: ProxyJump has '%s', which is not host or host:port", dir.resolve("config"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ProxyJump none", "StrictHostKeyChecking ask", "Compression yes"})
  void changesNothingForOtherSettings(String setting) throws Exception {
    assertThat(host(setting)).isEqualTo(Ssh.to("web-01"));
  }

  @Test
  void readsSeveralFilesAndTheHomeDirectory() throws Exception {
    assertThat(host("UserKnownHostsFile ~/one /two"))
        .isEqualTo(
            Ssh.to("web-01").knownHosts(SshArguments.inHome("one")).knownHosts(Path.of("/two")));
  }
}
