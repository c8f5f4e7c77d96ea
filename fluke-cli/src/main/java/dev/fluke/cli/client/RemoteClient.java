package dev.fluke.cli.client;

import dev.fluke.cli.config.HttpConfig;
import dev.fluke.cli.http.Pem;
import dev.fluke.command.Secret;
import dev.fluke.text.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** A client of a daemon, over HTTP or HTTPS. */
public final class RemoteClient implements ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

  private final URI server;
  private final Optional<Secret> token;
  private final HttpClient client;

  private RemoteClient(URI server, Optional<Secret> token, HttpClient client) {
    this.server = server;
    this.token = token;
    this.client = client;
  }

  /**
   * Creates a client of the daemon at this URL.
   *
   * @param authorities PEM file with the CA certificates to trust, in place of those of Java
   * @throws IllegalArgumentException if the URL or the token is not valid
   */
  public static RemoteClient at(String url, Optional<Secret> token, Optional<Path> authorities)
      throws IOException, GeneralSecurityException {
    String plain = url.replaceFirst("/+$", "");
    if (!isServer(plain)) {
      throw new IllegalArgumentException(
          "server '" + plain + "' must be a URL such as http://127.0.0.1:7071");
    }
    if (token.isPresent() && !HttpConfig.isToken(token.get().reveal())) {
      throw new IllegalArgumentException("the token must be printable ASCII without spaces");
    }
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (authorities.isPresent()) {
      client.sslContext(trusting(authorities.get()));
    }
    return new RemoteClient(URI.create(plain), token, client.build());
  }

  private static boolean isServer(String url) {
    try {
      URI uri = new URI(url).parseServerAuthority();
      return url.matches("https?://[^/@?#\\s]+") && uri.getHost() != null && uri.getPort() < 65536;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static SSLContext trusting(Path authorities)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(Pem.trustStore(authorities));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public ApiReply get(String target) throws UnreachableDaemonException, InterruptedException {
    return send(HttpRequest.newBuilder(server.resolve(target)).GET());
  }

  @Override
  public ApiReply post(String target, Map<String, ?> body)
      throws UnreachableDaemonException, InterruptedException {
    return send(
        HttpRequest.newBuilder(server.resolve(target))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(body), StandardCharsets.UTF_8)));
  }

  private ApiReply send(HttpRequest.Builder request)
      throws UnreachableDaemonException, InterruptedException {
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.reveal()));
    try {
      HttpResponse<String> response =
          client.send(
              request.timeout(RESPONSE_TIMEOUT).build(),
              BodyHandlers.ofString(StandardCharsets.UTF_8));
      return ApiReply.of(server, response.statusCode(), response.body());
    } catch (ConnectException e) {
      if (e.getCause() instanceof ConnectException cause
          && cause.getCause() instanceof UnresolvedAddressException) {
        throw new UnreachableDaemonException(
            "can't resolve host " + server.getHost() + "; use --server to name another daemon");
      }
      throw new UnreachableDaemonException(
          "no daemon listens at %s; start one with 'fluke run', or use --server to name another"
              .formatted(server));
    } catch (SSLException e) {
      if (String.valueOf(e.getMessage()).contains("plaintext connection")) {
        throw new UnreachableDaemonException(
            server + " does not use TLS; try " + server.toString().replaceFirst("https", "http"));
      }
      throw new UnreachableDaemonException(
          "can't trust %s: %s; use --ca-file to name its certificate authority"
              .formatted(server, e.getMessage()));
    } catch (HttpTimeoutException e) {
      Duration limit =
          e instanceof HttpConnectTimeoutException ? CONNECT_TIMEOUT : RESPONSE_TIMEOUT;
      throw new UnreachableDaemonException(
          "%s did not respond within %s s; use --server to name another daemon"
              .formatted(server, limit.toSeconds()));
    } catch (IOException e) {
      String reason = Objects.requireNonNullElse(e.getMessage(), e.toString());
      throw new UnreachableDaemonException("%s did not respond: %s".formatted(server, reason));
    }
  }

  @Override
  public void close() {
    // the threads of the HTTP client are daemons and end on their own
  }
}
