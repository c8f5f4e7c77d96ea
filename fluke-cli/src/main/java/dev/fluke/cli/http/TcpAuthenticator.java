package dev.fluke.cli.http;

import com.google.common.net.HostAndPort;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.config.HttpConfig;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Accepts requests that carry a token, or come with a client certificate. A token that is sent
 * decides, also beside a certificate.
 *
 * <p>Without credentials, the API listens only on this machine; then the Host header must name this
 * machine, which rejects requests of web pages in a browser.
 */
final class TcpAuthenticator implements Authenticator {
  private static final String SCHEME = "Bearer ";

  private final Credentials credentials;

  TcpAuthenticator(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Authentication authenticate(Request request, ApiRequest head) {
    return authenticate(head, certificate(request));
  }

  Authentication authenticate(ApiRequest head, Optional<X509Certificate> certificate) {
    if (credentials.isEmpty()) {
      return namesThisMachine(head.header("Host").orElse(""))
          ? Authentication.of(Caller.unrestricted("api"))
          : Authentication.refused(403, "without a token, use the host 127.0.0.1");
    }
    if (head.has("Authorization") || certificate.isEmpty()) {
      return token(head)
          .flatMap(credentials::ofToken)
          .map(Authentication::of)
          .orElse(Authentication.refused(401, "the token is missing or wrong"));
    }
    return subject(certificate.get());
  }

  private static Optional<String> token(ApiRequest head) {
    return head.header("Authorization")
        .filter(given -> given.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(given -> given.substring(SCHEME.length()).strip());
  }

  /** The handshake verified the certificate; a resumed session did so earlier. */
  private Authentication subject(X509Certificate certificate) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      return Authentication.refused(401, "the client certificate is not valid now");
    }
    return credentials
        .ofSubject(certificate.getSubjectX500Principal())
        .map(Authentication::of)
        .orElse(
            Authentication.refused(
                401, "the subject of the client certificate is not among 'http.clients'"));
  }

  private static Optional<X509Certificate> certificate(Request request) {
    EndPoint.SslSessionData session =
        request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
    X509Certificate[] chain = session == null ? null : session.peerCertificates();
    return chain == null || chain.length == 0 ? Optional.empty() : Optional.of(chain[0]);
  }

  private static boolean namesThisMachine(String host) {
    try {
      return HttpConfig.isLoopback(HostAndPort.fromString(host).getHost());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
