package dev.fluke.cli.http;

import com.google.common.net.HostAndPort;
import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.cli.config.HttpConfig;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/**
 * Accepts everybody for the metrics, and nobody for other pages: over TCP callers need a
 * credential, and there are none. If only this machine can connect, the Host header must name it,
 * which rejects requests of web pages in a browser.
 */
final class MetricsOnly implements Authenticator {
  private static final String PAGE = "/metrics";

  private final boolean isLoopback;

  MetricsOnly(boolean isLoopback) {
    this.isLoopback = isLoopback;
  }

  @Override
  public Authentication authenticate(Request request, ApiRequest head) {
    return authenticate(head);
  }

  Authentication authenticate(ApiRequest head) {
    if (!head.path().equals(PAGE)) {
      return Authentication.refused(
          403,
          "this port serves only hooks, health and metrics; use the Unix socket, or set tokens in the config");
    }
    if (isLoopback && !namesThisMachine(head.header("Host").orElse(""))) {
      return Authentication.refused(403, "use the host 127.0.0.1");
    }
    return Authentication.of(new Caller("metrics", Set.of(Right.READ), Selector.everyAgent()));
  }

  private static boolean namesThisMachine(String host) {
    try {
      return HttpConfig.isLoopback(HostAndPort.fromString(host).getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
