package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.drift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a webhook may post to. Nothing leaves the machine: all that is dialled is dialled at a
 * proxy on the loopback interface, which notes it.
 */
@Tag("W04")
class WebhookUrlsTest {
  private static final String NO_RECEIVER =
      " is a link-local, multicast or metadata address; no receiver has one";

  private RawReceiver dialled;
  private String answer = "HTTP/1.1 204 Taken\r\n\r\n";

  @BeforeEach
  void listen() throws Exception {
    dialled =
        RawReceiver.doing(
            wire -> {
              while (wire.readRequest()) {
                wire.say(answer);
              }
            });
  }

  @AfterEach
  void hangUp() throws Exception {
    dialled.close();
  }

  private static Webhook straightTo(String url, Post.Resolver resolver) {
    return to(url, resolver, null);
  }

  private Webhook throughTheProxyTo(String url) {
    InetSocketAddress proxy =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), dialled.port());
    return to(url, WebhookUrls::addresses, ProxySelector.of(proxy));
  }

  private static Webhook to(String url, Post.Resolver resolver, ProxySelector proxies) {
    Supplier<SSLSocketFactory> nobodyIsTrusted =
        () -> {
          throw new AssertionError("TLS");
        };
    return Webhook.to(WebhookUrls.checked(url), new Post(resolver, () -> proxies, nobodyIsTrusted));
  }

  /** A name server that answers so, each time with the next of these. */
  private static Post.Resolver answering(String... addresses) {
    List<String> left = new ArrayList<>(Arrays.asList(addresses));
    return host -> {
      List<InetAddress> found = new ArrayList<>();
      for (String address : left.remove(0).split(" ", -1)) {
        found.addAll(WebhookUrls.addresses(address));
      }
      return found;
    };
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
        "http://a@127.0.0.1/ | it has a user in it; use header(\"Authorization\", …) instead",
        "http://ok.test#@127.0.0.1/ | it has a fragment (#…), which is not sent; leave it out",
        "file:///etc/passwd | it must begin with https:// or http://",
        "gopher://127.0.0.1/ | it must begin with https:// or http://",
        "http://0x7f.1/ | its host can't be read; write a name of letters, digits and hyphens, or an"
            + " address as 127.0.0.1 or [::1]",
      })
  void ofTheSixteenSevenAreRefusedWhenDeclared(String url, String why) {
    assertThatThrownBy(() -> Webhook.to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the URL of a webhook: " + why)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:6379/",
        "http://localhost/",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "http://rebind.test/",
        "http://ok.test/"
      })
  void theOthersAreTheApplicationsChoice(String url) {
    assertThat(failureOf(throughTheProxyTo(url))).isNull();
    assertThat(dialled.heads()).singleElement().asString().startsWith("POST " + url + " HTTP/1.1");
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
  void noneIsDialledByRedirect(String location) {
    answer = "HTTP/1.1 307 Elsewhere\r\nLocation: " + location + "\r\ncontent-length: 0\r\n\r\n";

    assertThat(failureOf(throughTheProxyTo("http://start.test/")))
        .isInstanceOf(PermanentAlertException.class)
        .hasMessage("the receiver answered 307; redirects are not followed");
    assertThat(dialled.heads()).singleElement().asString().startsWith("POST http://start.test/ ");
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
  void aNameOfAnAddressThatNoReceiverHasIsNotDialled(String addresses) {
    String url = "http://ok.test:" + dialled.port() + "/";

    assertThat(failureOf(straightTo(url, answering(addresses))))
        .isInstanceOf(PermanentAlertException.class)
        .hasMessage("ok.test" + NO_RECEIVER);
    assertThat(dialled.connections()).isZero();
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
  void anAddressThatNoReceiverHasIsRefusedHoweverItIsWritten(String url) {
    assertThatThrownBy(() -> Webhook.to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the URL of a webhook: " + URI.create(url).getHost() + NO_RECEIVER);
  }

  @Test
  void aNameIsLookedUpOnceForEachTryAndWhatWasLookedAtIsDialled() {
    String url = "http://rebind.test:" + dialled.port() + "/";
    Webhook webhook = straightTo(url, answering("127.0.0.1", "169.254.169.254"));

    assertThat(failureOf(webhook)).isNull();
    assertThat(failureOf(webhook))
        .isInstanceOf(PermanentAlertException.class)
        .hasMessage("rebind.test" + NO_RECEIVER);
    assertThat(dialled.heads())
        .singleElement()
        .asString()
        .contains("host: rebind.test:" + dialled.port() + "\r\n");
  }

  @Test
  void ofManyAddressesTheNextIsDialledIfNobodyListensAtTheFirst() {
    String url = "http://ok.test:" + dialled.port() + "/";

    assertThat(failureOf(straightTo(url, answering("127.0.0.2 127.0.0.1")))).isNull();
    assertThat(failureOf(straightTo(url, answering("127.0.0.2 127.0.0.3"))))
        .isInstanceOf(IOException.class)
        .hasMessage("nobody listens there");
  }

  @Test
  void aNameThatIsNotKnownMayBeKnownLater() {
    Post.Resolver knowsNobody =
        host -> {
          throw new UnknownHostException(host);
        };

    assertThat(failureOf(straightTo("http://ok.test/", knowsNobody)))
        .isInstanceOf(IOException.class)
        .hasMessage("the name ok.test is not known");

    InetSocketAddress proxy = InetSocketAddress.createUnresolved("proxy.test", 3128);
    assertThat(failureOf(to("http://ok.test/", knowsNobody, ProxySelector.of(proxy))))
        .isInstanceOf(IOException.class)
        .hasMessage("the proxy's name proxy.test is not known");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it must begin with https:// or http://",
        "hooks.example.com/canary | it must begin with https:// or http://",
        "http:canary | its host can't be read; write a name of letters, digits and hyphens, or an"
            + " address as 127.0.0.1 or [::1]",
        "http://my_service/canary | its host can't be read; write a name of letters, digits and"
            + " hyphens, or an address as 127.0.0.1 or [::1]",
        "http:///canary | its host can't be read; write a name of letters, digits and hyphens, or an"
            + " address as 127.0.0.1 or [::1]",
        "http://@ok.test/canary | it has a user in it; use header(\"Authorization\", …) instead",
        "http://ok.test/a canary | it is no URL: Illegal character in path",
        "http://ok.test:0/canary | its port is not between 1 and 65535",
        "http://ok.test:65536/canary | its port is not between 1 and 65535",
        "http://[::1%canary]/ | its address can't be read",
      })
  void whatIsWrongIsSaidWithoutTheSecretPath(String url, String why) {
    assertThatThrownBy(() -> Webhook.to(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the URL of a webhook: " + why)
        .hasNoCause();
  }
}
