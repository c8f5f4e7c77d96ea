package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.drift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fluke.net.internal.RawReceiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which URLs and addresses a webhook may post to. No connection leaves the machine, even if the
 * code under test is broken: the fake network notes each address and connects to the loopback.
 */
@Tag("W04")
class WebhookUrlsTest {
  private static final String NO_RECEIVER =
      " is a link-local, multicast or metadata address; no receiver has one";

  private String answer = "HTTP/1.1 204 Taken\r\n\r\n";
  private RawReceiver receiver;
  private FakeNetworkAccess network;

  @BeforeEach
  void listen() throws Exception {
    receiver =
        RawReceiver.doing(
            wire -> {
              while (wire.readRequest()) {
                wire.say(answer);
              }
            });
    network = new FakeNetworkAccess(receiver);
  }

  @AfterEach
  void stop() throws Exception {
    receiver.close();
  }

  private static Throwable failureOf(Webhook webhook) {
    return catchThrowable(() -> webhook.send(drift()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://169.254.169.254/latest/meta-data/ | 169.254.169.254" + NO_RECEIVER,
        "http://[fe80::1]/ | [fe80::1]" + NO_RECEIVER,
        "http://a@127.0.0.1/ | it contains a user; use header(\"Authorization\", …) instead",
        "http://ok.test#@127.0.0.1/ | it has a fragment (#…), which is not sent; leave it out",
        "file:///etc/passwd | it must begin with https:// or http://",
        "gopher://127.0.0.1/ | it must begin with https:// or http://",
        "http://0x7f.1/ | its host is not valid; write a name of letters, digits and hyphens, or an"
            + " address such as 127.0.0.1 or [::1]",
      })
  void refusesUrlsThatNoReceiverHas(String url, String why) {
    assertThatThrownBy(() -> Webhook.to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the URL of a webhook: " + why)
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:6379/,      127.0.0.1:6379",
    "http://localhost/,           127.0.0.1:80",
    "http://[::1]/,               0:0:0:0:0:0:0:1:80",
    "http://0.0.0.0/,             0.0.0.0:80",
    "http://2130706433/,          127.0.0.1:80",
    "http://[::ffff:127.0.0.1]/,  127.0.0.1:80",
    "http://10.0.0.1/,            10.0.0.1:80",
    "http://rebind.test/,         192.0.2.1:80",
    "http://ok.test/,             192.0.2.2:80",
  })
  void allowsLoopbackAndPrivateAddresses(String url, String address) {
    network
        .knows("localhost", "127.0.0.1")
        .knows("ok.test", "192.0.2.2")
        .knows("rebind.test", "192.0.2.1", "127.0.0.1");

    assertThat(failureOf(network.webhook(url))).isNull();
    assertThat(network.dialled()).containsExactly(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://127.0.0.1:6379/",
        "http://localhost/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://a@127.0.0.1/",
        "http://ok.test#@127.0.0.1/",
        "http://rebind.test/",
        "http://ok.test/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/"
      })
  void dialsNoRedirectTarget(String location) {
    answer = "HTTP/1.1 307 Elsewhere\r\nLocation: " + location + "\r\ncontent-length: 0\r\n\r\n";

    network.knows("start.test", "192.0.2.1");

    assertThat(failureOf(network.webhook("http://start.test/")))
        .isInstanceOf(AlertRejectedException.class)
        .hasMessage("the receiver answered 307; redirects are not followed");
    assertThat(network.dialled()).containsExactly("192.0.2.1:80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "169.254.170.2",
        "fe80::a9fe:a9fe",
        "fe80::1%1",
        "fd00:ec2::254",
        "fd00:ec2::254%1",
        "fd00:ec2::23",
        "fd20:ce::254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "ff02::1",
        "127.0.0.1 169.254.169.254",
      })
  void dialsNoNameWithAnAddressThatNoReceiverHas(String addresses) {
    network.knows("ok.test", addresses);

    assertThat(failureOf(network.webhook("http://ok.test/")))
        .isInstanceOf(AlertRejectedException.class)
        .hasMessage("ok.test" + NO_RECEIVER);
    assertThat(network.dialled()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://2852039166/",
        "http://[::ffff:169.254.169.254]/",
        "https://[fe80::1%1]/",
        "http://[fd00:ec2::254]/",
        "http://[fd00:ec2::254%1]/",
        "http://100.100.100.200/",
        "HTTP://224.0.0.1/"
      })
  void refusesAnAddressThatNoReceiverHasInAnySpelling(String url) {
    assertThatThrownBy(() -> Webhook.to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the URL of a webhook: " + URI.create(url).getHost() + NO_RECEIVER);
  }

  @Test
  void resolvesANameOnceForEachTry() {
    network.knows("rebind.test", "192.0.2.1", "169.254.169.254", "127.0.0.1");
    Webhook webhook = network.webhook("http://rebind.test:8080/");

    assertThat(failureOf(webhook)).isNull();
    assertThat(failureOf(webhook))
        .isInstanceOf(AlertRejectedException.class)
        .hasMessage("rebind.test" + NO_RECEIVER);
    assertThat(failureOf(webhook)).as("loopback is fine").isNull();

    assertThat(network.dialled()).containsExactly("192.0.2.1:8080", "127.0.0.1:8080");
    assertThat(receiver.heads()).allMatch(head -> head.contains("host: rebind.test:8080\r\n"));
  }

  @Test
  void dialsTheNextAddressWhenNobodyListensAtTheFirst() {
    network.knows("ok.test", "192.0.2.1 192.0.2.2", "192.0.2.1").deafAt("192.0.2.1");
    Webhook webhook = network.webhook("http://ok.test/");

    assertThat(failureOf(webhook)).isNull();
    assertThat(failureOf(webhook))
        .isInstanceOf(IOException.class)
        .hasMessage("nobody listens there");
    assertThat(network.dialled()).containsExactly("192.0.2.1:80", "192.0.2.2:80", "192.0.2.1:80");
  }

  @Test
  void triesAgainWhenANameCantBeResolved() {
    assertThat(failureOf(network.webhook("http://ok.test/")))
        .isInstanceOf(IOException.class)
        .hasMessage("the host name ok.test can't be resolved");
  }

  @Test
  void letsAProxyResolveTheHostName() {
    network.knows("proxy.test", "192.0.2.9");
    network.behind(InetSocketAddress.createUnresolved("proxy.test", 3128));
    Webhook webhook = network.webhook("http://ok.test:8080/hook?x=1");

    assertThat(failureOf(webhook)).isNull();
    assertThat(network.dialled()).containsExactly("192.0.2.9:3128");
    assertThat(receiver.heads().get(0))
        .startsWith("POST http://ok.test:8080/hook?x=1 HTTP/1.1\r\nhost: ok.test:8080\r\n");
  }

  @Test
  void namesAProxyThatCantBeResolved() {
    network.behind(InetSocketAddress.createUnresolved("proxy.test", 3128));

    assertThat(failureOf(network.webhook("http://ok.test/")))
        .isInstanceOf(IOException.class)
        .hasMessage("the proxy's name proxy.test can't be resolved");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it must begin with https:// or http://",
        "hooks.example.com/canary | it must begin with https:// or http://",
        "http:canary | its host is not valid; write a name of letters, digits and hyphens, or an"
            + " address such as 127.0.0.1 or [::1]",
        "http://my_service/canary | its host is not valid; write a name of letters, digits and"
            + " hyphens, or an address such as 127.0.0.1 or [::1]",
        "http:///canary | its host is not valid; write a name of letters, digits and hyphens, or an"
            + " address such as 127.0.0.1 or [::1]",
        "http://@ok.test/canary | it contains a user; use header(\"Authorization\", …) instead",
        "http://ok.test/a canary | it is not valid: Illegal character in path",
        "http://ok.test:0/canary | its port is not between 1 and 65535",
        "http://ok.test:65536/canary | its port is not between 1 and 65535",
        "http://[::1%canary]/ | its address is not valid",
      })
  void saysWhatIsWrongWithoutTheSecretPath(String url, String why) {
    assertThatThrownBy(() -> Webhook.to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the URL of a webhook: " + why)
        .hasNoCause();
  }
}
