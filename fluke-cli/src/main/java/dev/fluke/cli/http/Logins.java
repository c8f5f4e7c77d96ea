package dev.fluke.cli.http;

import dev.fluke.cli.access.Caller;
import dev.fluke.cli.audit.FloodLimit;
import dev.fluke.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the authenticator of a connector who sends a request. Wrong credentials, and wrong
 * signatures of pushes, are slowed down by address, and logged: the first of each address in a
 * minute, the others as a number. No credential is logged.
 */
final class Logins {
  private static final Logger LOG = LoggerFactory.getLogger(Logins.class);
  private static final int LOGGED_ADDRESSES = 20;
  private static final int MOST_TEXT = 100;
  private static final ApiResponse TOO_MANY =
      ApiResponse.error(429, "too many wrong credentials from this address; try again in 2 s")
          .with("Retry-After", "2");

  /** Stands for the signature of a push, which is another one each time. */
  private static final String SIGNATURE = "a signature";

  private final Api api;
  private final LoginThrottle throttle;
  private final FloodLimit log;

  Logins(Api api) {
    this.api = api;
    this.throttle =
        new LoginThrottle(
            api.scheduler()::nanoTime, Long.toHexString(api.scheduler().random().nextLong()));
    this.log = new FloodLimit(api.scheduler(), 1, LOGGED_ADDRESSES, Logins::logRest);
  }

  /**
   * Finds the caller before the body is read, now or after a delay.
   *
   * @param head the request without its body and without a caller
   * @param then is given the answer
   */
  void check(Request request, ApiRequest head, Consumer<Authentication> then) {
    Optional<String> credential = credential(head);
    if (credential.isEmpty()) {
      Authentication who = authenticate(request, head);
      if (who instanceof Authentication.Refused refused) {
        refuse(head, refused.response());
      }
      then.accept(who);
      return;
    }
    Optional<LoginThrottle.Try> next = throttle.next(address(request), credential.get());
    if (next.isEmpty()) {
      refuse(head, TOO_MANY);
      then.accept(new Authentication.Refused(TOO_MANY));
    } else if (next.get().delay().isZero()) {
      then.accept(verified(next.get(), request, head));
    } else {
      api.scheduler()
          .after(
              next.get().delay(),
              () ->
                  request
                      .getComponents()
                      .getExecutor()
                      .execute(() -> then.accept(verified(next.get(), request, head))));
    }
  }

  /** What the client claims to know; empty if it claims nothing, or the page asks for nothing. */
  private Optional<String> credential(ApiRequest head) {
    if (api.isOpen(head)) {
      boolean isPush = api.page(head).equals(Api.PUSHES);
      return isPush && head.headers().keySet().stream().anyMatch(Logins::isOfSignature)
          ? Optional.of(SIGNATURE)
          : Optional.empty();
    }
    List<String> sent = head.values(HttpHeader.AUTHORIZATION.asString());
    return sent.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", sent));
  }

  /** Such as {@code X-Hub-Signature-256}, {@code X-Gitlab-Token} or {@code webhook-signature}. */
  private static boolean isOfSignature(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.contains("signature") || name.contains("token");
  }

  private static String address(Request request) {
    return ClientAddress.of(request.getConnectionMetaData().getRemoteSocketAddress());
  }

  private Authentication verified(LoginThrottle.Try login, Request request, ApiRequest head) {
    Authentication who = authenticate(request, head);
    if (who instanceof Authentication.Refused refused) {
      throttle.refused(login);
      refuse(head, refused.response());
    } else if (api.isOpen(head)) {
      request.setAttribute(SIGNATURE, login);
    } else {
      throttle.accepted(login);
    }
    return who;
  }

  /**
   * The page of pushes has verified the signature of the request, or has not. A valid one says
   * nothing about the next one of this address.
   */
  void responded(Request request, ApiRequest sent, ApiResponse response) {
    if (request.getAttribute(SIGNATURE) instanceof LoginThrottle.Try login) {
      if (response.status() == HttpStatus.UNAUTHORIZED_401) {
        throttle.refused(login);
        refuse(sent, response);
      } else if (HttpStatus.isSuccess(response.status())) {
        throttle.refund(login);
      }
    }
  }

  /** A connector without an authenticator accepts nobody. */
  private Authentication authenticate(Request request, ApiRequest head) {
    if (api.isOpen(head)) {
      return Authentication.of(Caller.nobody());
    }
    Authenticator authenticator =
        request.getConnectionMetaData().getConnector().getBean(Authenticator.class);
    return authenticator == null
        ? Authentication.refused(403, "this address serves no callers")
        : authenticator.authenticate(request, head);
  }

  private void refuse(ApiRequest head, ApiResponse response) {
    api.refused(head, response);
    if (log.passes(head.from())) {
      LOG.warn(
          "refused login from {}: {} for {} gets {}",
          head.from(),
          Printable.of(Printable.shortened(head.method(), MOST_TEXT)),
          api.page(head),
          response.status());
    }
  }

  private static void logRest(FloodLimit.Rest rest) {
    LOG.warn(
        "{} more refused logins in the last minute; addresses: {}; most of them from {}",
        rest.messages(),
        rest.from(),
        rest.most());
  }
}
