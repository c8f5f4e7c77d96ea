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

/** What a post needs of the world; as the JVM is set, unless it is a test's. */
interface NetworkAccess {
  /** The addresses of a host. */
  default List<InetAddress> addresses(String host) throws UnknownHostException {
    return WebhookUrls.addresses(host);
  }

  /** Which proxy to use, if any. */
  default @Nullable ProxySelector proxies() {
    return ProxySelector.getDefault();
  }

  /** Whom to trust. */
  default SSLSocketFactory tls() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  /** Connects to an address; the only place that does. */
  default void dial(SocketChannel channel, InetSocketAddress to, int millis) throws IOException {
    channel.socket().connect(to, millis);
  }
}
