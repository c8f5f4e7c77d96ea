package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshArgumentsTest {
  @ParameterizedTest
  @ValueSource(strings = {"web-01", "a.b_c", "10.0.0.9", "::1", "fe80::1%eth0", "2001:db8::a"})
  void takesHostNamesAndAddresses(String host) {
    assertThat(SshArguments.host(host)).isEqualTo(host);
  }

  @Tag("G13")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-oProxyCommand=id",
        "",
        "a b",
        "user@host",
        "host;id",
        "a/b",
        "web:22",
        "::1::",
        "[::1]"
      })
  void refusesWhatIsNoHost(String host) {
    assertThatThrownBy(() -> SshArguments.host(host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is not a host name or IP address; set user, port and options with their methods",
            host);
  }

  @Test
  void showsHiddenCharactersOfARefusedHost() {
    assertThatThrownBy(() -> SshArguments.host("a\u001b[2J"))
        .hasMessageStartingWith("'a\\u001b[2J' is not a host name");
  }

  @Test
  void refusesAHostOfMoreThan253Characters() {
    assertThat(SshArguments.host("a".repeat(253))).hasSize(253);
    assertThatThrownBy(() -> SshArguments.host("a".repeat(254)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Tag("G13")
  @ParameterizedTest
  @ValueSource(strings = {"-l", "", "a b", "root;id", "$(id)", "a\nb"})
  void refusesWhatIsNoUser(String user) {
    assertThatThrownBy(() -> SshArguments.user(user)).hasMessageEndingWith("' is not a user name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "a.b-c_d", "ann@EXAMPLE", "DOMAIN\\ann", "machine$"})
  void takesUserNames(String user) {
    assertThat(SshArguments.user(user)).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void refusesPortsOutOfRange(int port) {
    assertThatThrownBy(() -> SshArguments.port(port, "h"))
        .hasMessage("port %d of h must be between 1 and 65535", port);
  }

  @Test
  void takesTheFirstAndTheLastPort() {
    assertThat(SshArguments.port(1, "h")).isEqualTo(1);
    assertThat(SshArguments.port(65535, "h")).isEqualTo(65535);
  }

  @Test
  void dropsThePaddingOfAFingerprint() {
    String plain = "SHA256:" + "a".repeat(43);
    assertThat(SshArguments.fingerprint(plain)).isEqualTo(plain);
    assertThat(SshArguments.fingerprint(plain + "=")).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5:00", "SHA256:abc", "", "sha256:"})
  void refusesOtherFingerprints(String text) {
    assertThatThrownBy(() -> SshArguments.fingerprint(text))
        .hasMessage("'%s' is not a fingerprint; copy it from ssh-keygen -l, as in SHA256:…", text);
  }

  @Test
  void takesOnlyTheMacsThatAreOffByDefault() {
    assertThat(SshArguments.mac("hmac-sha1")).isEqualTo("hmac-sha1");
    for (String name : List.of("", "hmac-md5", "hmac-sha1,none", "hmac-sha2-256")) {
      assertThatThrownBy(() -> SshArguments.mac(name))
          .hasMessage(
              "'%s' can't be named; hmac-sha1-etm@openssh.com and hmac-sha1 are off by default and"
                  + " can be",
              name);
    }
  }

  @Test
  void refusesTimesThatAreNotMoreThanZero() {
    assertThat(SshArguments.positive(Duration.ofNanos(1), "it")).isEqualTo(Duration.ofNanos(1));
    assertThatThrownBy(() -> SshArguments.positive(Duration.ZERO, "the time to connect"))
        .hasMessage("the time to connect is PT0S, must be more than zero");
    assertThatThrownBy(() -> SshArguments.positive(Duration.ofSeconds(-1), "it"))
        .hasMessage("it is PT-1S, must be more than zero");
  }
}
