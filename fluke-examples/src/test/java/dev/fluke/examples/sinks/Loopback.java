package dev.fluke.examples.sinks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands for the service behind a sink: takes what is posted, and answers with one status. */
final class Loopback implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final int status;
  private final List<Posted> posted = new CopyOnWriteArrayList<>();

  /** One post. */
  record Posted(String path, JsonNode body) {}

  private Loopback(HttpServer server, int status) {
    this.server = server;
    this.status = status;
  }

  static Loopback answering(int status) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Loopback loopback = new Loopback(server, status);
    server.createContext("/", loopback::take);
    server.start();
    return loopback;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      posted.add(
          new Posted(exchange.getRequestURI().getPath(), JSON.readTree(exchange.getRequestBody())));
      exchange.sendResponseHeaders(status, -1);
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  List<Posted> posted() {
    return List.copyOf(posted);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
