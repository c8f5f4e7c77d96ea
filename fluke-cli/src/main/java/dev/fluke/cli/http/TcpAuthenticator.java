package dev.fluke.cli.http;

import dev.fluke.cli.access.Credentials;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Accepts requests that carry a token, or come with a client certificate. A token that is sent
 * decides, also beside a certificate.
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
}
