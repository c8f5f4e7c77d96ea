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
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** The API of a daemon, over HTTP or HTTPS. */
public final class RemoteClient implements ApiClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final URI server;
  private final Optional<Secret> token;
  private final HttpClient client;

  private RemoteClient(URI server, Optional<Secret> token, HttpClient client) {
    this.server = server;
    this.token = token;
    this.client = client;
  }

  /**
   * The daemon at this URL.
   *
   * @param authorities the file of certificates to trust, instead of those that Java trusts
   * @throws IllegalArgumentException if the URL or the token is none
   */
  public static RemoteClient at(String url, Optional<Secret> token, Optional<Path> authorities)
      throws IOException, GeneralSecurityException {
    String plain = url.replaceFirst("/+$", "");
    if (!isServer(plain)) {
      throw new IllegalArgumentException(
          "the server is '" + plain + "', must be a URL such as http://127.0.0.1:7071");
    }
    if (token.isPresent() && !HttpConfig.isToken(token.get().reveal())) {
      throw new IllegalArgumentException("the token must be printable ASCII without spaces");
    }
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (authorities.isPresent()) {
      client.sslContext(caCertificates(authorities.get()));
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

  private static SSLContext caCertificates(Path authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : Pem.certificates(authorities)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
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
      HttpResponse<String> answer =
          client.send(
              request.timeout(ANSWER).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return ApiReply.of(server, answer.statusCode(), answer.body());
    } catch (ConnectException e) {
      if (e.getCause() instanceof ConnectException cause
          && cause.getCause() instanceof UnresolvedAddressException) {
        throw new UnreachableDaemonException(
            "no address is known for " + server.getHost() + "; --server names another daemon");
      }
      throw new UnreachableDaemonException(
          "no fluke listens at " + server + "; 'fluke run' starts one, --server names another");
    } catch (SSLException e) {
      if (String.valueOf(e.getMessage()).contains("plaintext connection")) {
        throw new UnreachableDaemonException(
            server + " speaks no TLS; try " + server.toString().replaceFirst("https", "http"));
      }
      throw new UnreachableDaemonException(
          "can't trust " + server + ": " + e.getMessage() + "; --ca-file names who signed it");
    } catch (HttpTimeoutException e) {
      Duration limit = e instanceof HttpConnectTimeoutException ? CONNECT : ANSWER;
      throw new UnreachableDaemonException(
          server + " does not answer within " + limit.toSeconds() + " s; --server names another");
    } catch (IOException e) {
      throw new UnreachableDaemonException(
          server + " does not answer: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
    }
  }

  @Override
  public void close() {
    // the client's threads are daemons and end by themselves
  }
}
