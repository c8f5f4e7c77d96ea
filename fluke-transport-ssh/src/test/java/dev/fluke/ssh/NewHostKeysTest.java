package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jsch.HostKeyRepository;
import dev.fluke.ssh.KnownHosts.Verdict;
import dev.fluke.time.Scheduler;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("T03")
class NewHostKeysTest {
  @TempDir static Path keys;
  private static String other;
  private static String shown;

  @TempDir Path dir;
  private final Scheduler scheduler = new HastyScheduler();

  @BeforeAll
  static void makeKeys() throws Exception {
    other = generated("other", "rsa");
    shown = generated("shown", "ed25519");
  }

  private static String generated(String name, String type) throws Exception {
    SshServer.keygen(keys.resolve(name), "-t", type, "-N", "");
    return Files.readString(keys.resolve(name + ".pub")).strip();
  }

  private static byte[] bytes(String key) {
    return Base64.getDecoder().decode(key.split(" ", -1)[1]);
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  private Path known() {
    return dir.resolve("known");
  }

  private Ssh accepting(String host) {
    return Ssh.to(host).knownHosts(known()).acceptNew();
  }

  private NewHostKeys of(Ssh ssh, String... address) throws Exception {
    Optional<InetAddress> at =
        address.length == 0 ? Optional.empty() : Optional.of(InetAddress.getByName(address[0]));
    return new NewHostKeys(ssh.options(), () -> at, scheduler);
  }

  @Test
  void addsTheKeyOfANewServerOnce() throws Exception {
    for (String host : List.of("web-01", "WEB-01", "web-01.")) {
      assertThat(of(accepting(host)).add(bytes(shown)).verdict()).isEqualTo(Verdict.KNOWN);
    }
    of(accepting("web-01").port(2222)).add(bytes(shown));
    of(accepting("web-02").port(2222)).add(bytes(other));

    assertThat(Files.readAllLines(known()))
        .containsExactly("web-01 " + shown, "[web-02]:2222 " + other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web-01 KEY",
        "WEB-01 KEY",
        "web-01. KEY",
        "[web-01]:22 KEY",
        "db,web-01,db-2 KEY",
        "web-* KEY",
        "*,!db-* KEY",
        "HASHED KEY",
        "@cert-authority web-* KEY",
        "@cert-authority * KEY",
        "@revoked web-01 KEY",
        "@revoked * SHOWN",
        "@revoked db-01 SHOWN",
        "web-01 KEY broken[db-01]:22 KEY",
        "web-01 ssh-unheard-of AAAA",
        "web-01",
        "10.0.0.9 KEY",
        "10.0.0.* KEY",
        "::ffff:10.0.0.9 KEY",
        "web-01 KEY\r",
        "# comment\n\n  web-01\tKEY",
      })
  void addsNoOtherKeyOfAServerThatIsKnownInAnyForm(String line) throws Exception {
    String text = line.replace("KEY", other).replace("SHOWN", shown).replace("HASHED", hashed());
    for (String host : List.of("web-01", "Web-01", "WEB-01.")) {
      Files.writeString(known(), text);

      assertThat(of(accepting(host), "10.0.0.9").add(bytes(shown)).verdict())
          .as(host)
          .isNotIn(Verdict.KNOWN, Verdict.UNKNOWN);
      assertThat(Files.readString(known())).isEqualTo(text);
    }
  }

  private String hashed() throws Exception {
    Path file = Files.writeString(dir.resolve("plain"), "web-01 " + other + "\n");
    SshServer.run(List.of("ssh-keygen", "-q", "-H", "-f", file.toString()));
    return Files.readString(file).split(" ", -1)[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@revoked * KEY",
        "db-01 KEY",
        "*,!web-01 KEY",
        "[web-01]:2222 KEY",
        "10.0.0.9 SHOWN",
        "# web-01 KEY",
      })
  void addsTheKeyIfTheLinesAreAboutOthers(String line) throws Exception {
    String text = line.replace("KEY", other).replace("SHOWN", shown);
    Files.writeString(known(), text);

    assertThat(of(accepting("web-01"), "10.0.0.9").add(bytes(shown)).verdict())
        .isEqualTo(Verdict.KNOWN);
    assertThat(known()).hasContent(text + "\nweb-01 " + shown + "\n");
  }

  @Test
  void decidesByWhatAllFilesSayWhenItWrites() throws Exception {
    Path second = dir.resolve("second");
    Ssh ssh = accepting("web-01").knownHosts(second);
    HostKeys before = HostKeys.of(ssh.options(), Optional::empty, scheduler);
    Files.writeString(second, "web-01 " + other);

    assertThat(before.check("web-01", bytes(shown))).isEqualTo(HostKeyRepository.CHANGED);
    assertThat(before.refusal().get()).contains("has changed", "; see " + second + ":1");
    assertThat(known()).isEmptyFile();
    assertThat(before.check("web-01", bytes(other))).isEqualTo(HostKeyRepository.OK);
    assertThat(before.refusal()).isEmpty();
  }

  @Test
  void reportsWhyAKeyCouldNotBeAdded() throws Exception {
    Files.createDirectory(known());
    HostKeys keys =
        HostKeys.of(
            Ssh.to("web-01").knownHosts(dir.resolve("x/known")).acceptNew().options(),
            Optional::empty,
            scheduler);
    Files.writeString(dir.resolve("x"), "a file");

    assertThatThrownBy(() -> of(accepting("web-01")).add(bytes(shown)))
        .hasMessage("it is not a regular file");
    assertThat(keys.check("web-01", bytes(shown))).isEqualTo(HostKeyRepository.NOT_INCLUDED);
    assertThat(keys.refusal().get())
        .startsWith("host key: the host key of web-01:22 is not known, and can't be added to ");
  }
}
