package dev.fluke.source.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** The real {@code git http-backend} (git-http-backend(1)) behind a server on loopback. */
final class GitHttpServer implements AutoCloseable {
  private final Path root;
  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Answer answer = this::backend;

  /** What is answered instead of the repository. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  GitHttpServer(Path root) throws IOException {
    this(root, HttpServer.create(loopback(), 0), "http");
  }

  private GitHttpServer(Path root, HttpServer server, String scheme) {
    this.root = root;
    this.server = server;
    this.scheme = scheme;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** The same over TLS. */
  static GitHttpServer tls(Path root, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new GitHttpServer(root, server, "https");
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/infra.git";
  }

  void answers(Answer other) {
    answer = other;
  }

  void answersAsUsual() {
    answer = this::backend;
  }

  /** Answers with this status and text, and header if any. */
  static Answer status(int status, String text, String... header) {
    return exchange -> {
      if (header.length > 0) {
        exchange.getResponseHeaders().set(header[0], header[1]);
      }
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI().getPath()
            + " "
            + exchange.getRequestHeaders().getOrDefault("Authorization", List.of("-")).get(0));
    try (exchange) {
      answer.to(exchange);
    }
  }

  void backend(HttpExchange exchange) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
    String query = exchange.getRequestURI().getQuery();
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_PROJECT_ROOT",
                root.toString(),
                "GIT_HTTP_EXPORT_ALL",
                "1",
                "GIT_CONFIG_NOSYSTEM",
                "1",
                "PATH_INFO",
                exchange.getRequestURI().getPath(),
                "REQUEST_METHOD",
                exchange.getRequestMethod(),
                "QUERY_STRING",
                query == null ? "" : query,
                "CONTENT_TYPE",
                type == null ? "" : type,
                "HTTP_CONTENT_ENCODING",
                coding == null ? "" : coding,
                "GIT_PROTOCOL",
                protocol == null ? "" : protocol));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = process.getOutputStream()) {
      exchange.getRequestBody().transferTo(in);
    }
    InputStream out = process.getInputStream();
    int status = 200;
    for (String line = line(out); !line.isEmpty(); line = line(out)) {
      String[] header = line.split(": ", 2);
      if (header[0].equals("Status")) {
        status = Integer.parseInt(header[1].substring(0, 3));
      } else {
        exchange.getResponseHeaders().set(header[0], header[1]);
      }
    }
    exchange.sendResponseHeaders(status, 0);
    out.transferTo(exchange.getResponseBody());
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
