package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.drift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fluke.net.internal.RawReceiver;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Makes a webhook post where it must not: by its URL, by a name server, by one that changes its
 * answer, by a redirect. Nothing leaves the machine: whatever is dialled is the canary.
 */
@Tag("attack")
@Tag("W04")
class WebhookAttackTest {
  static final List<String> FORBIDDEN =
      List.of(
          "169.254.169.254",
          "169.254.170.2",
          "100.100.100.200",
          "192.0.0.192",
          "168.63.129.16",
          "224.0.0.1",
          "255.255.255.255",
          "fe80::1",
          "fd00:ec2::254",
          "fd20:ce::254",
          "::169.254.169.254",
          "::ffff:169.254.169.254",
          "::ffff:0:169.254.169.254",
          "2002:a9fe:a9fe::1",
          "64:ff9b::169.254.169.254",
          "64:ff9b:1::169.254.169.254",
          "2001:0:a9fe:a9fe:0:0:3fff:fdfe",
          "2001:0:c000:201::5601:5601",
          "2001:db8::5efe:169.254.169.254");
  private static final List<String> LOOPBACK =
      List.of("127.0.0.1", "localhost", "0.0.0.0", "2130706433", "127.1", "[::1]", "[::]");

  private static int reached(String url, FakeNetworkAccess network) {
    int before = network.dialled().size();
    Throwable refused = catchThrowable(() -> network.webhook(url).send(drift()));
    assertThat(refused).as(url).isNotNull();
    return network.dialled().size() - before;
  }

  private static void report(String name, int tries, int successes) {
    System.out.printf("attack\t%s\t%d\t%d%n", name, tries, successes);
    assertThat(successes).as(name).isZero();
  }

  @Test
  void reachesNoForbiddenAddress() throws Exception {
    try (RawReceiver canary = RawReceiver.answering("HTTP/1.1 204 Taken\r\n\r\n")) {
      FakeNetworkAccess network = new FakeNetworkAccess(canary).knows("localhost", "127.0.0.1");
      assertThat(catchThrowable(() -> network.webhook("http://localhost/").send(drift()))).isNull();
      assertThat(canary.connections()).as("the canary can be reached").isOne();
      int byUrl = 0;
      int byName = 0;
      for (String address : FORBIDDEN) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        byUrl += reached("http://" + host + "/", network);
        byUrl += reached("https://" + host + ":8443/x", network);
        byName += reached("http://ok.test/", network.knows("ok.test", address));
        byName += reached("http://ok.test/", network.knows("ok.test", "192.0.2.1 " + address));
      }
      report("ssrf-webhook-url", 2 * FORBIDDEN.size(), byUrl);
      report("ssrf-webhook-name", 2 * FORBIDDEN.size(), byName);
      assertThat(canary.connections()).isOne();
    }
  }

  @Test
  void reachesNoAddressThatANameServerGivesLater() throws Exception {
    try (RawReceiver canary = RawReceiver.answering("HTTP/1.1 204 Taken\r\n\r\n")) {
      FakeNetworkAccess network = new FakeNetworkAccess(canary);
      int successes = 0;
      for (String address : FORBIDDEN) {
        network.knows("rebind.test", "192.0.2.1", address);
        Webhook webhook = network.webhook("http://rebind.test/");
        assertThat(catchThrowable(() -> webhook.send(drift()))).isNull();
        int before = network.dialled().size();
        assertThat(catchThrowable(() -> webhook.send(drift()))).isNotNull();
        successes += network.dialled().size() - before;
      }
      assertThat(network.dialled()).hasSize(FORBIDDEN.size()).containsOnly("192.0.2.1:80");
      report("ssrf-webhook-rebind", FORBIDDEN.size(), successes);
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    int successes = 0;
    int tries = 0;
    for (String status : List.of("301", "302", "303", "307", "308")) {
      for (String host : LOOPBACK) {
        String head = "HTTP/1.1 " + status + " Elsewhere\r\nlocation: http://" + host + "/\r\n";
        try (RawReceiver start = RawReceiver.answering(head + "content-length: 0\r\n\r\n")) {
          FakeNetworkAccess network = new FakeNetworkAccess(start).knows("start.test", "192.0.2.1");
          successes += reached("http://start.test/", network) - 1;
          tries++;
        }
      }
    }
    report("ssrf-webhook-redirect", tries, successes);
  }
}
