package dev.fluke.net.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("W04")
class DestinationTest {
  private static final List<InetAddress> HERE = List.of(InetAddress.getLoopbackAddress());

  @ParameterizedTest
  @CsvSource({
    "http://ok.test, ok.test, 80",
    "https://ok.test/hook?x=1, ok.test, 443",
    "HTTPS://Ok.Test:8443/, Ok.Test, 8443",
    "http://ok.test:/, ok.test, 80",
    "http://ok.test:080/, ok.test, 80",
    "https://[::1]/, ::1, 443",
    "http://[::ffff:127.0.0.1]:8080/, ::ffff:127.0.0.1, 8080",
    "http://2130706433/, 2130706433, 80",
  })
  void readsHostAndPort(URI url, String host, int port) {
    assertThat(Destination.hostOf(url)).isEqualTo(host);
    assertThat(Destination.portOf(url)).isEqualTo(port);
    assertThat(Destination.straight(url, List.of()))
        .isEqualTo(new Destination(url, List.of(), port, false));
  }

  @Test
  void takesThePortOfAProxy() {
    URI url = URI.create("https://ok.test:8443/");
    InetSocketAddress proxy = InetSocketAddress.createUnresolved("proxy.test", 3128);

    assertThat(Destination.through(proxy, List.of(), url))
        .isEqualTo(new Destination(url, List.of(), 3128, true));
  }

  private static HttpReply ask(RawReceiver receiver, Destination to) throws Exception {
    try (HttpConnection connection = new HttpConnection(new NetworkAccess() {})) {
      connection.connect(HERE, receiver.port(), Duration.ofSeconds(20));
      return to.ask(connection, "POST", Map.of("x-more", "1"), new byte[] {'{', '}'});
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://ok.test, false, /",
    "http://ok.test/a%2Fb?x=1&y, false, /a%2Fb?x=1&y",
    "http://ok.test:81?x, false, /?x",
    "http://ok.test:81/a, true, http://ok.test:81/a",
  })
  void writesTheTargetOfTheRequest(URI url, boolean isProxied, String target) throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 204 No\r\n\r\n")) {
      assertThat(ask(receiver, new Destination(url, HERE, 80, isProxied)).status()).isEqualTo(204);

      assertThat(receiver.heads())
          .containsExactly(
              """
              POST %s HTTP/1.1
              host: %s
              connection: close
              content-length: 2
              x-more: 1

              """
                  .formatted(target, url.getRawAuthority())
                  .replace("\n", "\r\n"));
      assertThat(receiver.body()).isEqualTo("{}");
    }
  }

  @Test
  void opensATunnelToAnAddressInBrackets() throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 403 No\r\n\r\n")) {
      Destination to = new Destination(URI.create("https://[::1]/"), HERE, 3128, true);

      assertThatThrownBy(() -> ask(receiver, to))
          .isInstanceOf(ConnectException.class)
          .hasMessage("the proxy answered 403");
      assertThat(receiver.heads())
          .containsExactly("CONNECT [::1]:443 HTTP/1.1\r\nhost: [::1]:443\r\n\r\n");
    }
  }
}
