package dev.fluke.net.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

class NetworkAccessTest {
  private final NetworkAccess network = new NetworkAccess() {};

  @Test
  void readsAddressesAndRefusesOthers() throws Exception {
    assertThat(network.addresses("127.0.0.1"))
        .extracting(address -> address.getHostAddress())
        .containsExactly("127.0.0.1");
    assertThatThrownBy(() -> network.addresses("[::1")).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void usesTheProxiesAndTheTrustOfTheJvm() {
    assertThat(network.proxies()).isSameAs(ProxySelector.getDefault());
    assertThat(network.tls()).hasSameClassAs(SSLSocketFactory.getDefault());
  }

  @Test
  void dialsTheAddress() throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("");
        SocketChannel channel = SocketChannel.open()) {
      InetSocketAddress to =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.port());

      network.dial(channel, to, 5_000);

      assertThat(channel.getRemoteAddress()).isEqualTo(to);
    }
  }
}
