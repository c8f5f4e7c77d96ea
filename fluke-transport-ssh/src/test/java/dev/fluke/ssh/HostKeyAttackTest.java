package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.transport.HostConnection;
import dev.fluke.transport.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A machine in the network answers in place of a host. It has keys of its own and a certificate of
 * an authority that is trusted for this name, but not the key of the host.
 */
@Tag("attack")
@Tag("T03")
@Tag("slow")
class HostKeyAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);

  @RegisterExtension static final Lab lab = new Lab();
  @TempDir static Path dir;
  private static String genuine;
  private static String authority;

  @BeforeAll
  static void certify() throws Exception {
    genuine = keyPair("genuine");
    authority = keyPair("authority");
    lab.server().certify(dir.resolve("authority"), "127.0.0.1,localhost");
    lab.server().down();
    lab.server().up();
  }

  private static String keyPair(String name) throws Exception {
    SshServer.keygen(dir.resolve(name));
    return Files.readString(dir.resolve(name + ".pub")).strip();
  }

  private static String fingerprint(String name) throws Exception {
    String file = dir.resolve(name + ".pub").toString();
    return SshServer.run(List.of("ssh-keygen", "-lf", file)).split(" ", -1)[1];
  }

  private static Ssh at(String host, Path known) {
    int port = lab.server().port;
    return Ssh.to(host).port(port).key(lab.server().key()).knownHosts(known);
  }

  private static boolean logsIn(Ssh ssh) throws Exception {
    try (HostConnection connection = lab.open(ssh)) {
      return connection.isOpen();
    } catch (UnreachableException e) {
      assertThat(e).hasMessageStartingWith("host key: ");
      return false;
    }
  }

  private static void report(String name, int tries, int successes) {
    System.out.printf("attack\t%s\t%d\t%d%n", name, tries, successes);
    assertThat(successes).isZero();
  }

  @Test
  void takesThePlaceOfAHostThatIsKnown() throws Exception {
    String name = "[localhost]:" + lab.server().port;
    List<String> forms = new ArrayList<>();
    for (String hosts :
        List.of(
            name,
            "[LocalHost]:" + lab.server().port,
            "localhost",
            "localhost.",
            "[local*]:*",
            "*,!db-*",
            "localhos?",
            hashed(name),
            hashed("localhost"),
            "127.0.0.1",
            "127.*")) {
      forms.add(hosts + " " + genuine);
      forms.add("# comment\n" + hosts + "\t" + genuine + " comment");
    }
    forms.add("@cert-authority localhost " + genuine);
    forms.add("@revoked localhost " + genuine);
    forms.add("@revoked * " + Files.readString(lab.server().dir.resolve("host.pub")).strip());
    int successes = 0;
    for (int i = 0; i < TRIES; i++) {
      String lines = forms.get(i % forms.size()) + (i % 2 == 0 ? "\n" : "");
      Path known = Files.writeString(dir.resolve("known"), lines);
      String host = List.of("localhost", "LOCALHOST", "LocalHost").get(i % 3);
      if (logsIn(at(host, known).acceptNew()) || !Files.readString(known).equals(lines)) {
        successes++;
        System.out.println("accepted beside: " + lines);
      }
    }
    report("host-key-accept-new", TRIES, successes);
  }

  private static String hashed(String name) throws Exception {
    Path file = Files.writeString(dir.resolve("plain"), name + " " + genuine + "\n");
    SshServer.run(List.of("ssh-keygen", "-q", "-H", "-f", file.toString()));
    return Files.readString(file).split(" ", -1)[0];
  }

  @Test
  void bringsACertificateInPlaceOfThePinnedKey() throws Exception {
    String lines =
        "@cert-authority * %s%n* %s%n"
            .formatted(authority, Files.readString(lab.server().dir.resolve("host.pub")).strip());
    Path known = Files.writeString(dir.resolve("trusted"), lines);
    assertThat(logsIn(at("127.0.0.1", known))).isTrue();
    List<String> pins = List.of(fingerprint("genuine"), fingerprint("authority"));
    int successes = 0;
    for (int i = 0; i < TRIES; i++) {
      Ssh pinned = at("127.0.0.1", known).hostKey(pins.get(i % 2));
      if (logsIn(i % 4 < 2 ? pinned : pinned.acceptNew())) {
        successes++;
      }
    }
    assertThat(logsIn(at("127.0.0.1", known).hostKey(lab.server().fingerprint()))).isTrue();
    assertThat(known).hasContent(lines);
    report("host-key-pin", TRIES, successes);
  }
}
