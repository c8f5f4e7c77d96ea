package dev.fluke.alert;

import dev.fluke.command.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts one request: one try, with a limit on all of it but looking up the host's name, and no
 * redirect followed.
 *
 * <p>The addresses of the name are looked at before each try. The client looks it up once more by
 * itself, and can't be told an address: it is given what was looked at from the JVM's cache, which
 * keeps it for 30 s unless set otherwise. Without that cache, who has power over the name can have
 * an alert posted to an address that would be refused; all that is read there is a status.
 */
final class Post {
  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private final Supplier<HttpClient.Builder> clients;
  private final Resolver resolver;
  private @Nullable HttpClient client;

  /** Finds the addresses of a host. */
  interface Resolver {
    List<InetAddress> addresses(String host) throws UnknownHostException;
  }

  Post(Supplier<HttpClient.Builder> clients, Resolver resolver) {
    this.clients = clients;
    this.resolver = resolver;
  }

  /** Opened when first needed, and kept with its connections. */
  private synchronized HttpClient client() {
    HttpClient open = client;
    if (open == null) {
      open =
          clients
              .get()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(CONNECTING)
              .build();
      client = open;
    }
    return open;
  }

  /** Sends it, and throws as {@link AlertSink#send} says unless a 2xx came back in time. */
  void send(HttpRequest request, Duration limit, Instant now) throws Exception {
    WebhookUrls.requireUsable(request.uri().getHost(), addresses(request.uri()));
    AtomicReference<HttpResponse.ResponseInfo> head = new AtomicReference<>();
    CompletableFuture<HttpResponse<Void>> answer =
        client()
            .sendAsync(
                request,
                info -> {
                  head.set(info);
                  return new FirstBytes();
                });
    Throwable failure = null;
    try {
      answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      failure = e.getCause();
    } catch (TimeoutException e) {
      failure = e;
    } finally {
      answer.cancel(true);
    }
    HttpResponse.ResponseInfo came = head.get();
    if (came == null) {
      throw new NotTakenException(why(failure, limit));
    }
    judge(came, now); // what comes after a status does not matter
  }

  private List<InetAddress> addresses(URI url) throws NotTakenException {
    try {
      return resolver.addresses(url.getHost());
    } catch (UnknownHostException e) {
      if (isForAProxy(url)) {
        return List.of(); // which knows names that this machine does not
      }
      throw new NotTakenException("the name " + url.getHost() + " is not known");
    }
  }

  private boolean isForAProxy(URI url) {
    ProxySelector proxies = client().proxy().orElseGet(ProxySelector::getDefault);
    return proxies != null
        && proxies.select(url).stream().anyMatch(proxy -> proxy.type() == Proxy.Type.HTTP);
  }

  /**
   * In words of ours: the client's may repeat what the receiver sent, and a receiver may send back
   * the path, which is a secret with some.
   */
  private static String why(@Nullable Throwable failure, Duration limit) {
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection within " + CONNECTING.toSeconds() + " s";
    }
    if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
      return "no answer within "
          + (limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms");
    }
    if (failure instanceof ConnectException) {
      return failure.getMessage() == null
          ? "nobody listens there"
          : "can't connect: " + failure.getMessage();
    }
    if (failure instanceof SSLException) {
      return "no secure connection: "
          + Printable.lastLineOf(String.valueOf(failure.getMessage()), 200);
    }
    return failure instanceof ProtocolException
        ? "what it answered is not HTTP"
        : "the connection ended without an answer that can be read";
  }

  private static void judge(HttpResponse.ResponseInfo head, Instant now) throws Exception {
    int status = head.statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    String said = "the receiver answered " + status;
    if (status == 408 || status == 429 || status >= 500) {
      Duration wait =
          head.headers().firstValue("retry-after").map(text -> wait(text, now)).orElse(null);
      if (wait != null) {
        throw new TryLaterException(said, wait);
      }
      throw new NotTakenException(said);
    }
    throw new PermanentAlertException(
        said + (status / 100 == 3 ? "; redirects are not followed" : ""));
  }

  /** {@code Retry-After} is seconds or a date (RFC 9110, 10.2.3); null if it is neither. */
  private static @Nullable Duration wait(String text, Instant now) {
    if (text.matches("\\d{1,12}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** It did not work this time. */
  private static final class NotTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    NotTakenException(String message) {
      super(message);
    }
  }

  /** Reads at most 64 KiB of a body, so that the connection can be used again, and keeps none. */
  private static final class FirstBytes implements HttpResponse.BodySubscriber<Void> {
    private static final long MOST = 64 * 1024;

    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private long read;

    @Override
    @SuppressWarnings("NullAway") // Void has no value but null
    public CompletionStage<Void> getBody() {
      return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
      bytes.forEach(each -> read += each.remaining());
      if (read > MOST && subscription != null) {
        subscription.cancel();
        done.complete(null);
      }
    }

    @Override
    public void onError(Throwable error) {
      done.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      done.complete(null);
    }
  }
}
