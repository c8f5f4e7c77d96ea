package dev.fluke.cli.client;

import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.tls.Pem;
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
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

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
   * The files for TLS, in PEM. Certificate and key of the client stand together.
   *
   * @param authorities the CA certificates to trust, in place of those of Java
   * @param certificate the certificate of the client, with those that certify it
   * @param key the private key of the client
   */
  public record TlsFiles(
      Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {
    private boolean isEmpty() {
      return authorities.isEmpty() && certificate.isEmpty();
    }
  }

  /** Creates a client without a certificate; {@code authorities} as in {@link TlsFiles}. */
  public static RemoteClient at(String url, Optional<Secret> token, Optional<Path> authorities)
      throws IOException, GeneralSecurityException {
    return at(url, token, new TlsFiles(authorities, Optional.empty(), Optional.empty()));
  }

  /**
   * Creates a client of the daemon at this URL.
   *
   * @throws IllegalArgumentException if the URL or the token is not valid
   */
  public static RemoteClient at(String url, Optional<Secret> token, TlsFiles files)
      throws IOException, GeneralSecurityException {
    String plain = url.replaceFirst("/+$", "");
    if (!isServer(plain)) {
      throw new IllegalArgumentException(
          "server '" + plain + "' must be a URL such as http://127.0.0.1:7071");
    }
    if (token.isPresent() && !Credentials.isToken(token.get().reveal())) {
      throw new IllegalArgumentException("the token must be printable ASCII without spaces");
    }
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (files.certificate().isPresent() && !plain.startsWith("https:")) {
      throw new IllegalArgumentException(
          "server '" + plain + "' must be an https:// URL, since there is a client certificate");
    }
    if (!files.isEmpty()) {
      client.sslContext(context(files));
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

  private static SSLContext context(TlsFiles files) throws IOException, GeneralSecurityException {
    TrustManager @Nullable [] trust = null; // that of Java
    if (files.authorities().isPresent()) {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(Pem.trustStore(files.authorities().get()));
      trust = factory.getTrustManagers();
    }
    KeyManager @Nullable [] keys = null;
    if (files.certificate().isPresent() && files.key().isPresent()) {
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(
          Pem.keyStore(files.certificate().get(), files.key().get()),
          Pem.NO_PASSWORD.toCharArray());
      keys = factory.getKeyManagers();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
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
