package dev.fluke.alert;

import dev.fluke.text.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts one request: one try, with a limit on all of it but looking up the host's name, and no
 * redirect followed.
 *
 * <p>The addresses of the name are looked at before each try, and no other is dialled. That is why
 * this is no {@code HttpClient}, which looks the name up once more; it also leaves a connection
 * open for ever if what comes back is not HTTP. A proxy, if the JVM is set to use one, looks names
 * up by itself.
 */
final class HttpPost {
  private final NetworkAccess outside;

  HttpPost(NetworkAccess outside) {
    this.outside = outside;
  }

  /** Sends it, and throws as {@link AlertSink#send} says unless a 2xx came back in time. */
  void send(URI url, Map<String, String> headers, byte[] body, Duration limit, Instant now)
      throws Exception {
    Destination to = destination(url);
    HttpReply reply;
    try (HttpExchange conversation = new HttpExchange(outside, limit)) {
      reply = replyOf(to, conversation, headers, body, limit);
    }
    judge(reply, now);
  }

  private Destination destination(URI url) throws IOException, AlertRejectedException {
    String host = Destination.hostOf(url);
    InetSocketAddress proxy = proxyFor(url);
    if (proxy == null) {
      List<InetAddress> addresses = known(host, "the name ");
      WebhookUrls.requireUsable(url.getHost(), addresses);
      return Destination.straight(url, addresses);
    }
    return Destination.through(proxy, known(proxy.getHostString(), "the proxy's name "), url);
  }

  private List<InetAddress> known(String host, String what) throws DeliveryFailedException {
    try {
      return outside.addresses(host);
    } catch (UnknownHostException e) {
      throw new DeliveryFailedException(what + host + " is not known");
    }
  }

  private @Nullable InetSocketAddress proxyFor(URI url) {
    ProxySelector selector = outside.proxies();
    List<Proxy> fitting = selector == null ? List.of() : selector.select(url);
    return fitting.stream()
        .filter(proxy -> proxy.type() == Proxy.Type.HTTP)
        .map(proxy -> (InetSocketAddress) proxy.address())
        .findFirst()
        .orElse(null);
  }

  private HttpReply replyOf(
      Destination to,
      HttpExchange conversation,
      Map<String, String> headers,
      byte[] body,
      Duration limit)
      throws IOException, InterruptedException {
    try {
      HttpReply reply = to.post(conversation, headers, body);
      conversation.hearOut(reply);
      return reply;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new DeliveryFailedException(
          conversation.isOver() || e instanceof SocketTimeoutException
              ? "no answer within "
                  + (limit.toMillisPart() == 0
                      ? limit.toSeconds() + " s"
                      : limit.toMillis() + " ms")
              : why(e));
    }
  }

  /**
   * In words of ours: what a receiver sent is not repeated, as it may have sent back the path,
   * which is a secret with some.
   */
  private static String why(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof DeliveryFailedException) {
      return message;
    }
    if (failure instanceof SSLException) {
      return "no secure connection: " + Printable.lastLineOf(message, 200);
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return message.equals("Connection refused")
          ? "nobody listens there"
          : "can't connect: " + message;
    }
    return failure instanceof ProtocolException
        ? "what it answered is not HTTP"
        : "the connection ended without an answer";
  }

  private static void judge(HttpReply reply, Instant now) throws Exception {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return;
    }
    String said = "the receiver answered " + status;
    if (status == 408 || status == 429 || status >= 500) {
      Duration wait = wait(reply.retryAfter(), now);
      if (wait != null) {
        throw new RetryLaterException(said, wait);
      }
      throw new DeliveryFailedException(said);
    }
    throw new AlertRejectedException(
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
}
