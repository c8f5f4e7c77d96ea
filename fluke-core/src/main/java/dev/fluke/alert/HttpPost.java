package dev.fluke.alert;

import dev.fluke.net.internal.Destination;
import dev.fluke.net.internal.HttpReply;
import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Posts one request in one try. A limit holds for all of it except the lookup of the host name;
 * redirects are not followed.
 *
 * <p>Before each try it resolves the host name, checks the addresses, and connects to no other.
 * {@code HttpClient} can't do that, since it resolves the name again; it also leaves a connection
 * open for ever if the answer is not HTTP. A proxy of the JVM resolves names itself.
 */
final class HttpPost {
  private final NetworkAccess network;

  HttpPost(NetworkAccess network) {
    this.network = network;
  }

  /** Posts, and throws as {@link AlertSink#send} says unless a 2xx comes back in time. */
  void send(URI url, Map<String, String> headers, byte[] body, Duration limit, Instant now)
      throws Exception {
    headers.forEach(Headers::value);
    Destination to = destination(url);
    HttpReply reply;
    try (HttpExchange exchange = new HttpExchange(network, limit)) {
      reply = replyOf(to, exchange, headers, body, limit);
    }
    requireAccepted(reply, now);
  }

  private Destination destination(URI url) throws IOException, AlertRejectedException {
    String host = Destination.hostOf(url);
    InetSocketAddress proxy = network.proxyFor(url);
    if (proxy == null) {
      List<InetAddress> addresses = resolved(host, "the host name");
      WebhookUrls.requireUsable(url.getHost(), addresses);
      return Destination.straight(url, addresses);
    }
    return Destination.through(proxy, resolved(proxy.getHostString(), "the proxy's name"), url);
  }

  private List<InetAddress> resolved(String host, String what) throws DeliveryFailedException {
    try {
      return network.addresses(host);
    } catch (UnknownHostException e) {
      throw new DeliveryFailedException("%s %s can't be resolved".formatted(what, host));
    }
  }

  private HttpReply replyOf(
      Destination to,
      HttpExchange exchange,
      Map<String, String> headers,
      byte[] body,
      Duration limit)
      throws IOException, InterruptedException {
    try {
      HttpReply reply = exchange.post(to, headers, body);
      exchange.drain(reply);
      return reply;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new DeliveryFailedException(
          exchange.isOver() || e instanceof SocketTimeoutException
              ? "no answer within " + shown(limit)
              : why(e));
    }
  }

  private static String shown(Duration limit) {
    return limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /**
   * Says why without repeating what the receiver sent: it may have sent back the path, which is a
   * secret with some receivers.
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
      return switch (message) {
        case "Connection refused" -> "nobody listens there";
        default -> message.startsWith("the proxy") ? message : "can't connect: " + message;
      };
    }
    return failure instanceof ProtocolException
        ? "the answer is not HTTP"
        : "the connection ended without an answer";
  }

  private static void requireAccepted(HttpReply reply, Instant now) throws Exception {
    int status = reply.status();
    if (status >= 200 && status < 300) {
      return;
    }
    String said = "the receiver answered " + status;
    if (status == 408 || status == 429 || status >= 500) {
      Optional<Duration> wait = RetryAfter.parse(reply.header("retry-after"), now);
      if (wait.isPresent()) {
        throw new RetryLaterException(said, wait.get());
      }
      throw new DeliveryFailedException(said);
    }
    throw new AlertRejectedException(
        said + (status / 100 == 3 ? "; redirects are not followed" : ""));
  }
}
