package dev.fluke.examples.receiver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fluke.command.Secret;
import dev.fluke.webhook.WebhookSignature;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Receives the posts of a {@code Webhook} on this machine: takes those that are signed right, each
 * once. Safe for use by any thread.
 */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final Secret key;
  private final Consumer<String> taker;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private Receiver(HttpServer server, Secret key, Consumer<String> taker) {
    this.server = server;
    this.key = key;
    this.taker = taker;
  }

  /**
   * Receives from now on.
   *
   * @param port on the loopback interface; 0 for one that is free
   * @param key what alerts are signed with
   * @param taker is given the JSON of each alert, on a thread of the receiver
   */
  public static Receiver on(int port, Secret key, Consumer<String> taker) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    Receiver receiver = new Receiver(server, key, taker);
    server.createContext("/alerts", receiver::receive);
    server.start();
    return receiver;
  }

  /** Where it receives. */
  public String url() {
    return "http://127.0.0.1:" + port() + "/alerts";
  }

  /** The port that it receives on. */
  public int port() {
    return server.getAddress().getPort();
  }

  // tag::verify
  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes(); // as it came: parse it later
      var headers = exchange.getRequestHeaders();
      if (!WebhookSignature.verify(headers, body, Instant.now(), key)) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      if (seen.add(headers.getFirst(WebhookSignature.ID))) { // the same id: the same alert again
        taker.accept(new String(body, StandardCharsets.UTF_8));
      }
      exchange.sendResponseHeaders(204, -1); // any 2xx says: I have it
    }
  }

  // end::verify

  /** Receives nothing more. */
  @Override
  public void close() {
    server.stop(0);
  }
}
