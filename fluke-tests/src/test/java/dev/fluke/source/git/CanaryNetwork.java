package dev.fluke.source.git;

import com.sun.net.httpserver.HttpServer;
import dev.fluke.net.internal.NetworkAccess;
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
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network of which nothing leaves the machine: each address in 192.0.2.0/24 is a server that
 * redirects, a loopback address with the canary's port is the canary, and all else is only noted.
 */
final class CanaryNetwork implements NetworkAccess, AutoCloseable {
  final List<String> forbidden = new CopyOnWriteArrayList<>();
  private final List<String> hits = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<String>> names = new HashMap<>();
  private final HttpServer redirecting;
  private final HttpServer canary;
  private volatile String location = "";

  CanaryNetwork() throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    redirecting = HttpServer.create(here, 0);
    redirecting.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          String rest = exchange.getRequestURI().getRawPath() + (query == null ? "" : "?" + query);
          exchange.getResponseHeaders().set("Location", location + rest);
          exchange.sendResponseHeaders(location.isEmpty() ? 404 : 302, -1);
          exchange.close();
        });
    redirecting.start();
    canary = HttpServer.create(here, 0);
    canary.createContext(
        "/",
        exchange -> {
          hits.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    canary.start();
  }

  /** The servers redirect to this URL, with the path of the request after it. */
  CanaryNetwork redirectsTo(String url) {
    location = url;
    return this;
  }

  /** The name server answers so, each time with the next of these, and with the last for ever. */
  CanaryNetwork knows(String name, String... answers) {
    names.put(name, new ArrayDeque<>(Arrays.asList(answers)));
    return this;
  }

  int canaryPort() {
    return canary.getAddress().getPort();
  }

  int redirectingPort() {
    return redirecting.getAddress().getPort();
  }

  /** How many requests the canary got. */
  int hits() {
    return hits.size();
  }

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    Deque<String> answers = names.get(host);
    if (answers == null) {
      return NetworkAccess.super.addresses(host);
    }
    List<InetAddress> found = new ArrayList<>();
    String answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    for (String each : answer.split(" ", -1)) {
      found.add(InetAddress.getByName(each));
    }
    return found;
  }

  @Override
  public ProxySelector proxies() {
    return null;
  }

  @Override
  public void dial(SocketChannel channel, InetSocketAddress to, int millis) throws IOException {
    String address = to.getAddress().getHostAddress();
    InetAddress here = InetAddress.getLoopbackAddress();
    if (address.startsWith("192.0.2.")) {
      channel.socket().connect(new InetSocketAddress(here, redirectingPort()), millis);
    } else if (to.getPort() == canaryPort() || to.getPort() == redirectingPort()) {
      boolean isLoopback = to.getAddress().isLoopbackAddress();
      if (!isLoopback) {
        forbidden.add(address);
      }
      channel.socket().connect(new InetSocketAddress(here, to.getPort()), millis);
    } else {
      forbidden.add(address);
      throw new ConnectException("Connection refused");
    }
  }

  @Override
  public void close() {
    redirecting.stop(0);
    canary.stop(0);
  }
}
