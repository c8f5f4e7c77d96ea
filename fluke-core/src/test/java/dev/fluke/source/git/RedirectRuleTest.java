package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W04")
class RedirectRuleTest {
  private final RedirectRule rule = new RedirectRule();

  private void visit(boolean configured, String... addresses) throws IOException {
    List<InetAddress> found = new ArrayList<>();
    for (String each : addresses) {
      found.add(InetAddress.getByName(each));
    }
    assertThat(rule.allowed("h", configured, found)).isEqualTo(found);
    rule.reached(found.get(0));
  }

  @Test
  void allowsAConfiguredHostOnThisMachineAndWhereItRedirects() throws Exception {
    visit(true, "127.0.0.1");
    visit(false, "::1");
    visit(false, "192.0.2.1");
    assertThatThrownBy(() -> visit(false, "127.0.0.1")).hasMessageContaining("is this machine");
  }

  @Test
  void allowsAConfiguredHostThatIsBothHereAndElsewhere() throws Exception {
    visit(true, "192.0.2.1", "127.0.1.1");
    visit(true, "127.0.1.1", "192.0.2.1");
  }

  @Test
  void refusesThisMachineAfterAnother() throws Exception {
    visit(true, "192.0.2.1");
    for (String here : List.of("127.0.0.1", "0.0.0.0", "::1", "2002:7f00:1::")) {
      assertThatThrownBy(() -> visit(false, here))
          .hasMessage(
              "the server redirects to h, which is this machine; set the final URL of the"
                  + " repository");
    }
    assertThatThrownBy(() -> visit(true, "127.0.0.1")).as("on the way back").isNotNull();
  }

  @Test
  void takesAddressesWithThisMachineInsideForOthers() throws Exception {
    for (String other : List.of("2001:db8::5efe:7f00:1", "2002:7f00:1::", "64:ff9b::7f00:1")) {
      RedirectRule fresh = new RedirectRule();
      List<InetAddress> address = List.of(InetAddress.getByName(other));
      fresh.allowed("h", true, address);
      fresh.reached(address.get(0));
      List<InetAddress> here = List.of(InetAddress.getLoopbackAddress());
      assertThatThrownBy(() -> fresh.allowed("h", false, here)).hasMessageContaining("is this");
    }
    rule.reachedThroughProxy(List.of(InetAddress.getByName("2001:db8::5efe:7f00:1")));
    assertThatThrownBy(() -> visit(false, "127.0.0.1")).hasMessageContaining("is this machine");
  }

  @Test
  void refusesAddressesThatNoRepositoryHas() {
    assertThatThrownBy(() -> visit(true, "192.0.2.1", "169.254.169.254"))
        .hasMessage("h is a link-local, multicast or metadata address; no repository has one");
    assertThatThrownBy(() -> visit(false, "169.254.169.254"))
        .hasMessage(
            "the server redirects to h, which is a link-local, multicast or metadata address; set"
                + " the final URL of the repository");
  }

  @Test
  void takesAProxyForAWayToOthers() throws Exception {
    rule.reachedThroughProxy(List.of());
    assertThatThrownBy(() -> visit(false, "127.0.0.1")).hasMessageContaining("is this machine");
  }

  @Test
  void knowsAnAddressOfThisMachineBehindAProxy() throws Exception {
    rule.reachedThroughProxy(List.of(InetAddress.getLoopbackAddress()));
    visit(false, "127.0.0.1");
  }
}
