package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
  @Test
  @Timeout(30)
  void matchesManyStarsInATimeThatIsBounded() {
    HostNames host = HostNames.of("a".repeat(2_000), 22);
    assertThat(HostPattern.matches("*a".repeat(300) + "b", host)).isFalse();
    assertThat(HostPattern.matches("*a".repeat(300) + "*", host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*; web-01",
        "web-*; web-01",
        "web-0?; web-01",
        "WEB-*; web-01",
        "web-*; WEB-01",
        "db-1,web-*; web-01",
        "*,!db-*; web-01",
        "[10.0.0.*]:2222; [10.0.0.9]:2222",
        "web.?; web.a",
        "web-01; web-01",
        "db-1,WEB-01; web-01",
        "web-01; WEB-01",
        "web-01.; web-01",
        "web-01; web-01.",
        "[web-01]:22; web-01",
        "web-01; [web-01]:2222",
        "web-*; [web-01]:2222",
        "*,!web-01; [web-01]:2222", // as ssh: of this name the port is a part
        "0:0:0:0:0:0:0:1; ::1",
        "::1; 0:0::1",
        "[FE80:0::1%eth0]:2222; [fe80::1%eth0]:2222",
      })
  void matchesServersThatTheListIncludes(String list, String server) {
    assertThat(HostPattern.matches(list, server(server))).isTrue();
  }

  private static HostNames server(String text) {
    int bracket = text.indexOf("]:");
    return bracket < 0
        ? HostNames.of(text, 22)
        : HostNames.of(text.substring(1, bracket), Integer.parseInt(text.substring(bracket + 2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|1|salt|hash*; web-01",
        "web-0?; web-0",
        "web-0?; web-011",
        "web.?; webxa",
        "*,!web-01; web-01",
        "!web-01,*; web-01",
        "!db-1; web-01",
        "[10.0.0.*]:2222; 10.0.0.9",
        "[web-01]:2200; web-01",
        "[web-01]:2200; [web-01]:2222",
        "*,!web-01,!*:*; [web-01]:2222",
        "*,![web-01]:22; web-01",
        "*,!web-01.; web-01",
        "*,!WEB-01; web-01",
        "fe80::1%eth0; fe80::1%eth1",
        "|1||; web-01",
        "|1|!!|!!; web-01",
        "|2|AAAA|AAAA; web-01",
        "|; web-01",
      })
  void matchesNoOtherServers(String list, String server) {
    assertThat(HostPattern.matches(list, server(server))).isFalse();
  }

  @Test
  void matchesTheNamesThatSshKeygenHashed(@TempDir Path dir) throws Exception {
    SshServer.keygen(dir.resolve("key"));
    String key = Files.readString(dir.resolve("key.pub"));
    Path known = Files.writeString(dir.resolve("known"), "web-01 " + key + "[web-02]:2222 " + key);
    SshServer.run(List.of("ssh-keygen", "-q", "-H", "-f", known.toString()));
    List<String> hashed =
        Files.readAllLines(known).stream().map(line -> line.split(" ", -1)[0]).toList();

    assertThat(hashed).hasSize(2).allMatch(one -> one.startsWith("|1|"));
    for (String server : List.of("web-01", "WEB-01", "web-01.", "[Web-01]:2222")) {
      assertThat(HostPattern.matches(hashed.get(0), server(server))).as(server).isTrue();
    }
    assertThat(HostPattern.matches(hashed.get(1), server("[WEB-02]:2222"))).isTrue();
    for (String server : List.of("web-02", "[web-02]:22", "[web-02]:2223", "web-01")) {
      assertThat(HostPattern.matches(hashed.get(1), server(server))).as(server).isFalse();
    }
  }
}
