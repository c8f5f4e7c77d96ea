package dev.fluke.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** What a webhook needs of the network. The defaults are those of the JVM; tests replace them. */
interface NetworkAccess {
  /** The addresses of a host. */
  default List<InetAddress> addresses(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  /** Selects the proxy for a URL; null for none. */
  default @Nullable ProxySelector proxies() {
    return ProxySelector.getDefault();
  }

  /** Makes the sockets for TLS, and so decides which certificates are trusted. */
  default SSLSocketFactory tls() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  /** Connects to an address. Webhooks connect nowhere else. */
  default void dial(SocketChannel channel, InetSocketAddress to, int millis) throws IOException {
    channel.socket().connect(to, millis);
  }
}
