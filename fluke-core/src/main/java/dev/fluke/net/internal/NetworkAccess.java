package dev.fluke.net.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * What webhooks and Git need of the network. The defaults are those of the JVM; tests replace them.
 */
public interface NetworkAccess {
  /** The addresses of a host. */
  default List<InetAddress> addresses(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  /** Selects the proxy for a URL; null for none. */
  default @Nullable ProxySelector proxies() {
    return ProxySelector.getDefault();
  }

  /** The HTTP proxy for a URL; null for none. */
  default @Nullable InetSocketAddress proxyFor(URI url) {
    ProxySelector selector = proxies();
    List<Proxy> fitting = selector == null ? List.of() : selector.select(url);
    return fitting.stream()
        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
        .map(proxy -> (InetSocketAddress) proxy.address())
        .findFirst()
        .orElse(null);
  }

  /** Makes the sockets for TLS, and so decides which certificates are trusted. */
  default SSLSocketFactory tls() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  /** Connects to an address. Webhooks and Git over HTTP or TCP connect nowhere else. */
  default void dial(SocketChannel channel, InetSocketAddress to, int millis) throws IOException {
    channel.socket().connect(to, millis);
  }
}
