package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.ssh.KnownHosts.Verdict;
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

  private static KnownHosts read(SshOptions.Trust trust) throws Exception {
    return KnownHosts.read(trust, HostNames.of("web-01", 22));
  }

  @ParameterizedTest
  @CsvSource({
    "web-01 KEY, KNOWN, 1",
    "web-01 OTHER, CHANGED, 1",
    "db-01 KEY, UNKNOWN, 0",
    "web-01 OTHER/web-01 KEY, KNOWN, 2",
    "web-* KEY, KNOWN, 1",
    "web-* OTHER, CHANGED, 1",
    "web-* OTHER/web-01 KEY, KNOWN, 2",
    "@revoked * KEY, CHANGED, 1",
    "@revoked db-01 KEY, CHANGED, 1",
    "web-01 KEY/@revoked * KEY, CHANGED, 2",
    "@revoked * OTHER/web-01 KEY, KNOWN, 2",
    "@revoked * OTHER, UNKNOWN, 0",
    "@revoked web-01 OTHER, UNREADABLE, 1",
    "@cert-authority web-* KEY, CERTIFIED, 1",
    "@cert-authority web-* KEY/web-01 KEY, KNOWN, 2",
    "'@cert-authority *,!web-01 KEY', UNKNOWN, 0",
    "@cert-authority db-* KEY, UNKNOWN, 0",
    "# web-01 KEY, UNKNOWN, 0",
    "@unheard-of web-01 KEY, UNREADABLE, 1",
    "web-01 KEY comment, KNOWN, 1",
    "  web-01  KEY, KNOWN, 1",
    "web-01, UNREADABLE, 1",
    "web-01 1024 35 123, UNREADABLE, 1",
    "web-01 ssh-rsa AAAA, UNREADABLE, 1",
    "web-01 KEYdb-01 OTHER, UNREADABLE, 1",
    "[web-01]:* OTHER, UNREADABLE, 1",
    "web-0?. KEY, UNREADABLE, 1",
    "'*,!web-01. OTHER', UNREADABLE, 1",
    "'web-0?.,!web-0? OTHER', UNKNOWN, 0",
  })
  void findsWhatTheLinesSayAboutAKey(String lines, Verdict verdict, int line) throws Exception {
    Path file = file("known", lines);
    KnownHosts.Finding finding = read(trust(file)).find(key(1));

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.place()).isEqualTo(line == 0 ? "" : file + ":" + line);
  }

  @ParameterizedTest
  @CsvSource({
    "[web-01]:2222 OTHER/web-01 KEY, CHANGED, 1",
    "web-01 KEY/[web-01]:2222 OTHER, CHANGED, 2",
    "[web-01]:2222 OTHER/@cert-authority web-01 KEY, CHANGED, 1",
    "[web-01]:2222 KEY/web-01 OTHER, KNOWN, 1",
    "web-01 KEY, KNOWN, 1",
    "[web-01]:2200 OTHER/web-01 KEY, KNOWN, 2",
    "@cert-authority [web-01]:2222 OTHER/web-01 KEY, KNOWN, 2",
    "[web-01]:2222/web-01 OTHER, CHANGED, 2",
    "@cert-authority web-01 KEY, CERTIFIED, 1",
  })
  void prefersKeysOfThePort(String lines, Verdict verdict, int line) throws Exception {
    Path file = file("known", lines);
    KnownHosts known = KnownHosts.read(trust(file), HostNames.of("web-01", 2222));

    assertThat(known.find(key(1))).isEqualTo(new KnownHosts.Finding(verdict, file + ":" + line));
  }

  @Test
  void namesOnlyKeysAndAuthoritiesOfAKnownPort() throws Exception {
    String others = "/web-01 KEY/@cert-authority web-01 KEY";
    HostNames server = HostNames.of("web-01", 2222);
    KnownHosts known = KnownHosts.read(trust(file("a", "[web-01]:2222 OTHER" + others)), server);
    KnownHosts wide = KnownHosts.read(trust(file("b", "[web-01]:22 OTHER" + others)), server);

    assertThat(known.keys()).extracting(KnownHostLine::hosts).containsExactly("[web-01]:2222");
    assertThat(known.authorities()).isEmpty();
    assertThat(wide.keys()).extracting(KnownHostLine::hosts).containsExactly("web-01");
    assertThat(wide.authorities()).hasSize(1);
  }

  @Test
  void readsAllFilesAndNoneIfAFingerprintDecides() throws Exception {
    SshOptions.Trust trust = trust(file("one", "web-01 OTHER"), file("two", "web-01 KEY"));

    assertThat(read(trust).find(key(1)).verdict()).isEqualTo(Verdict.KNOWN);
    assertThat(read(trust).keys()).hasSize(2);
    assertThat(read(trust).under(HostNames.of("db-01", 22)).keys()).isEmpty();
    assertThat(read(trust.fingerprint("SHA256:x").knownHosts(dir.resolve("no"))).keys()).isEmpty();
  }

  @Test
  void readsLinesOfOtherSystems() throws Exception {
    Path file = file("known", "# caf\u00e9\r/web-01 KEY comment\r/db-01 KEY");

    assertThat(read(trust(file)).find(key(1)).verdict()).isEqualTo(Verdict.KNOWN);
  }

  @Test
  void refusesAFileThatWasNamedAndCantBeRead() throws Exception {
    Path missing = dir.resolve("missing");
    SshServer.run(List.of("mkfifo", dir.resolve("pipe").toString()));

    assertThatThrownBy(() -> read(trust(missing)))
        .hasMessage("the file of known hosts %s can't be read", missing);
    assertThatThrownBy(() -> read(trust(dir.resolve("pipe")).acceptingNew()))
        .hasMessageEndingWith("can't be read: it is not a regular file");
    assertThat(read(trust(missing).acceptingNew()).keys()).isEmpty();
    assertThat(read(trust(Path.of("/dev/null"))).keys()).isEmpty();
  }

  @Test
  void namesAuthoritiesOfTheServerAndAllRevokedKeys() throws Exception {
    String lines = "@cert-authority web-* KEY/@cert-authority db-* KEY/@revoked db-01 OTHER";
    KnownHosts known = read(trust(file("known", lines)));

    assertThat(known.authorities()).hasSize(1);
    assertThat(known.revoked()).hasSize(1);
  }
}
