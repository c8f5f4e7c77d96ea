package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.ssh.Ssh;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private static Login read(SectionFixture fixture) {
    return Login.of(fixture.root(), SectionFixture.files());
  }

  @Test
  void appliesItsOptionsToAHost() {
    SectionFixture fixture =
        SectionFixture.of("{ user: ann, port: 2222, key_file: id, known_hosts: /k }\n");

    assertThat(read(fixture).applyTo(Ssh.to("h")))
        .isEqualTo(
            Ssh.to("h")
                .user("ann")
                .port(2222)
                .key(Path.of("/etc/fluke/id"))
                .knownHosts(Path.of("/k")));
    assertThat(fixture.problems()).isEmpty();
  }

  @Test
  void changesNothingWithoutOptions() {
    assertThat(Login.none().applyTo(Ssh.to("h"))).isEqualTo(Ssh.to("h"));
  }

  @Test
  void isOverriddenByOptionsOfAHost() {
    Login login = read(SectionFixture.of("{ user: ann, port: 22, key_file: id }\n"));

    assertThat(
            login
                .overriddenBy(Optional.of("bob"), Optional.empty(), Optional.of(Path.of("/k")))
                .applyTo(Ssh.to("h")))
        .isEqualTo(Ssh.to("h").user("bob").port(22).key(Path.of("/k")));
  }

  @ParameterizedTest
  @CsvSource({"bastion, ann, 22", "bob@bastion, bob, 22", "bastion:2200, ann, 2200"})
  void reachesAHostThroughAJumpHost(String jump, String user, int port) {
    Login login = read(SectionFixture.of("{ user: ann, jump: '" + jump + "' }\n"));

    assertThat(login.applyTo(Ssh.to("h")))
        .isEqualTo(Ssh.to("h").user("ann").through(Ssh.to("bastion").user(user).port(port)));
  }

  @Test
  void givesEachHostItsOwnPasswordOnly() {
    Login both =
        read(SectionFixture.of("{ password: $SECRET, jump: b, jump_password: canary-2 }\n"));
    Login withKey = read(SectionFixture.of("{ password: $SECRET, key_file: id, jump: b }\n"));
    Path key = Path.of("/etc/fluke/id");

    assertThat(both.applyTo(Ssh.to("h")))
        .isEqualTo(
            Ssh.to("h")
                .password(both.password().get())
                .through(Ssh.to("b").password(both.jumpPassword().get())));
    assertThat(withKey.applyTo(Ssh.to("h")))
        .isEqualTo(
            Ssh.to("h").key(key).password(withKey.password().get()).through(Ssh.to("b").key(key)));
  }

  @Test
  void requiresCredentialsForTheJumpHost() {
    SectionFixture fixture = SectionFixture.of("{ password: $SECRET, jump: bastion }\n");
    read(fixture);
    SectionFixture without = SectionFixture.of("{ jump_password: $SECRET }\n");
    read(without);

    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:1: 'password' is for the host only; set 'jump_password' or 'key_file' for"
                + " 'jump'");
    assertThat(without.problems())
        .containsExactly("f.yaml:1:1: 'jump_password' is set without 'jump'");
  }

  @Test
  void namesAnOldMacForTheHostAndItsJumpHost() {
    Login login = read(SectionFixture.of("{ mac: hmac-sha1, jump: bastion }\n"));
    SectionFixture other = SectionFixture.of("{ mac: hmac-md5 }\n");
    read(other);

    assertThat(login.applyTo(Ssh.to("h")))
        .isEqualTo(Ssh.to("h").mac("hmac-sha1").through(Ssh.to("bastion").mac("hmac-sha1")));
    assertThat(other.problems()).first().asString().contains("'mac': 'hmac-md5' can't be named");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "@host", "host:", "[::1", "a@b@c"})
  void rejectsOtherJumpHosts(String jump) {
    SectionFixture fixture = SectionFixture.of("{ jump: '" + jump + "' }\n");
    read(fixture);

    assertThat(fixture.problems())
        .containsExactly("f.yaml:1:9: 'jump': is '" + jump + "', must be [USER@]HOST[:PORT]");
  }

  @Test
  void requiresAKeyForAPassphrase() {
    SectionFixture fixture = SectionFixture.of("{ key_passphrase: $SECRET }\n");
    read(fixture);

    assertThat(fixture.problems())
        .containsExactly("f.yaml:1:1: 'key_passphrase' is set without 'key_file'");
  }
}
