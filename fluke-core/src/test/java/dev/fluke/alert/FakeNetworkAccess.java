package dev.fluke.alert;

import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.net.internal.RawReceiver;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/**
 * A world of which nothing leaves the machine: it notes each address that is dialled, and connects
 * to a receiver on the loopback interface instead.
 */
final class FakeNetworkAccess implements NetworkAccess {
  private final RawReceiver receiver;
  private final Map<String, Deque<String>> names = new HashMap<>();
  private final List<String> dialled = new ArrayList<>();
  private final List<String> deaf = new ArrayList<>();
  private ProxySelector proxies;

  FakeNetworkAccess(RawReceiver receiver) {
    this.receiver = receiver;
  }

  /** The name server answers so, each time with the next of these. */
  FakeNetworkAccess knows(String name, String... answers) {
    names.put(name, new ArrayDeque<>(Arrays.asList(answers)));
    return this;
  }

  /** Nobody listens at this address. */
  FakeNetworkAccess deafAt(String address) {
    deaf.add(address);
    return this;
  }

  FakeNetworkAccess behind(InetSocketAddress proxy) {
    proxies = ProxySelector.of(proxy);
    return this;
  }

  Webhook webhook(String url) {
    return Webhook.to(WebhookUrls.checked(url), new HttpPost(this));
  }

  /** Address and port of each connection, in order. */
  List<String> dialled() {
    return dialled;
  }

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    boolean isName = host.matches(".*[g-z].*");
    if (isName && !names.containsKey(host)) {
      throw new UnknownHostException(host);
    }
    List<InetAddress> found = new ArrayList<>();
    for (String each : (isName ? names.get(host).remove() : host).split(" ", -1)) {
      found.addAll(NetworkAccess.super.addresses(each));
    }
    return found;
  }

  @Override
  public ProxySelector proxies() {
    return proxies;
  }

  @Override
  public SSLSocketFactory tls() {
    throw new AssertionError("nobody is trusted");
  }

  @Override
  public void dial(SocketChannel channel, InetSocketAddress to, int millis) throws IOException {
    String address = to.getAddress().getHostAddress();
    dialled.add(address + ":" + to.getPort());
    if (deaf.contains(address)) {
      throw new ConnectException("Connection refused");
    }
    InetAddress here = InetAddress.getLoopbackAddress();
    channel.socket().connect(new InetSocketAddress(here, receiver.port()), millis);
  }
}
