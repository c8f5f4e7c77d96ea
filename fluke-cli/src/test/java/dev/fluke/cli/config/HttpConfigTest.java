package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {
  private static HttpConfig read(SectionFixture fixture) {
    return HttpConfig.of(fixture.root(), SectionFixture.files(), Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:7071, 127.0.0.1, 7071",
    "localhost:0, localhost, 0",
    "[::1]:7071, ::1, 7071",
    "'[::]:65535', '::', 65535",
    "':7071', '', 7071",
    "web-01.example.com:80, web-01.example.com, 80"
  })
  void readsAddressAndPort(String listen, String host, int port) {
    SectionFixture fixture =
        SectionFixture.of(
            "{ listen: '" + listen + "', token: 0123456789abcdef0123456789abcdef }\n");
    HttpConfig config = read(fixture);

    assertThat(fixture.problems()).isEmpty();
    assertThat(config.tcp()).contains(new HttpConfig.Address(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7071",
        "localhost",
        "localhost:",
        "localhost:http",
        "localhost:-1",
        "localhost:65536",
        "::1",
        "::1:7071",
        "[localhost]:7071",
        "[::1",
        "[a:b]:1",
        "a b:7071",
        "http://h:7071"
      })
  void rejectsOtherAddresses(String listen) {
    SectionFixture fixture =
        SectionFixture.of(
            "{ listen: '" + listen + "', token: 0123456789abcdef0123456789abcdef }\n");
    read(fixture);

    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:11: 'listen': is '%s', must be an address and a port, such as 127.0.0.1:7071 or [::1]:7071"
                .formatted(listen));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "127.0.0.1, true",
    "127.1.2.3, true",
    "::1, true",
    "'', false",
    "0.0.0.0, false",
    "::, false",
    "10.0.0.1, false",
    "web-01, false",
    "127.0.0.1.example.com, false",
    "localhost.example.com, false"
  })
  void knowsLoopbackHosts(String host, boolean isLoopback) {
    assertThat(HttpConfig.isLoopback(host)).isEqualTo(isLoopback);
  }

  @Test
  void hasATcpAddressOnlyWithATokenOrIfItListens() {
    assertThat(read(SectionFixture.of("{ socket: a }\n")).tcp()).isEmpty();
    assertThat(read(SectionFixture.of("{ token: %s }\n".formatted("t".repeat(32)))).tcp())
        .contains(HttpConfig.DEFAULT);
    SectionFixture everywhere = SectionFixture.of("{ listen: ':7071' }\n");
    assertThat(read(everywhere).hasCredentials()).isFalse();
    assertThat(everywhere.problems()).isEmpty();
  }

  @Test
  void rejectsTlsThatNothingUses() {
    SectionFixture fixture = SectionFixture.of("tls: { cert_file: c.pem, key_file: k.pem }\n");
    read(fixture);

    assertThat(fixture.problems())
        .contains("f.yaml:1:1: 'tls' has no effect without 'listen', tokens or clients");
  }

  @ParameterizedTest
  @CsvSource({"abc, true", "!~, true", "'a b', false", "'', false", "ü, false", "'a\t', false"})
  void knowsWhatCanBeAToken(String text, boolean isToken) {
    assertThat(HttpConfig.isToken(text)).isEqualTo(isToken);
  }

  @Test
  void namesTheFilesOfACertificate() {
    SectionFixture fixture =
        SectionFixture.of(
            "token: %s\ntls: { cert_file: c.pem, key_file: /k.pem }\n".formatted("t".repeat(32)));
    HttpConfig config = read(fixture);

    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:2:19: tls: 'cert_file': there is no file /etc/fluke/c.pem",
            "f.yaml:2:36: tls: 'key_file': there is no file /k.pem");
    assertThat(config.tls())
        .contains(new HttpConfig.Tls(Path.of("/etc/fluke/c.pem"), Path.of("/k.pem")));
    assertThat(config.tcp()).contains(HttpConfig.DEFAULT);
  }

  @Test
  void requiresBothFilesOfACertificate() {
    SectionFixture fixture =
        SectionFixture.of("token: %s\ntls: { cert_file: c.pem }\n".formatted("t".repeat(32)));

    assertThat(read(fixture).tls()).isEmpty();
    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:2:1: tls: 'key_file' is missing: the file of its private key, in PEM");
  }
}
