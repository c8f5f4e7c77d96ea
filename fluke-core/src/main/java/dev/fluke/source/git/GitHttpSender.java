package dev.fluke.source.git;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Sends the HTTP requests of one poll, and says in plain words why one failed. */
final class GitHttpSender {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final HttpClient client;
  private final FetchWatchdog watchdog;
  private Optional<Duration> retryAfter = Optional.empty();

  GitHttpSender(HttpClient client, FetchWatchdog watchdog) {
    this.client = client;
    this.watchdog = watchdog;
  }

  FetchWatchdog watchdog() {
    return watchdog;
  }

  /** When the server wants the next request, if it said so. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  boolean usesProxy() {
    return client.proxy().isPresent();
  }

  /**
   * Sends a request and waits for the head of its response.
   *
   * @param request without a timeout
   * @param hasCredentials for the message if the server requires authentication
   */
  HttpResponse<InputStream> send(HttpRequest.Builder request, boolean hasCredentials)
      throws IOException {
    HttpRequest built = request.timeout(watchdog.silence()).build();
    HttpResponse<InputStream> response = exchange(built);
    watchdog.heard();
    noteRetryAfter(response);
    if (response.statusCode() == UNAUTHORIZED) { // Git would ask a user, and not find one
      throw new IOException(
          peer(built.uri())
              + (hasCredentials
                  ? " rejects the credentials, with HTTP status 401"
                  : " requires authentication, with HTTP status 401, and no credentials are set"));
    }
    return response;
  }

  private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
    CompletableFuture<HttpResponse<InputStream>> response =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
    watchdog.over(() -> response.cancel(true));
    try {
      return response.get();
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw named(request.uri(), e.getCause() == null ? e : e.getCause());
    }
  }

  /** Adds host and reason, which the client's exceptions lack. */
  private IOException named(URI uri, Throwable failure) {
    boolean unresolved =
        Throwables.getCausalChain(failure).stream()
            .anyMatch(UnresolvedAddressException.class::isInstance);
    if (unresolved) {
      return new IOException(peer(uri) + ": unknown host");
    }
    if (failure instanceof ConnectException && failure.getMessage() == null) {
      return new IOException(peer(uri) + ": connection refused");
    }
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  /** The host and port that the client connects to for this URI: its own, or the proxy's. */
  private String peer(URI uri) {
    return client
        .proxy()
        .flatMap(selector -> selector.select(uri).stream().findFirst())
        .filter(first -> first.address() instanceof InetSocketAddress)
        .map(first -> (InetSocketAddress) first.address())
        .map(proxy -> "the proxy " + proxy.getHostString() + ":" + proxy.getPort())
        .orElseGet(() -> uri.getHost() + ":" + port(uri));
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }

  /** RFC 9110, 10.2.3, in seconds; ignores dates. */
  private void noteRetryAfter(HttpResponse<InputStream> response) {
    int status = response.statusCode();
    if (status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE) {
      response
          .headers()
          .firstValue("Retry-After")
          .filter(value -> value.matches("\\d{1,6}"))
          .ifPresent(value -> retryAfter = Optional.of(Duration.ofSeconds(Long.parseLong(value))));
    }
  }
}
