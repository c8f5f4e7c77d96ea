package dev.fluke.source.git;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes the HTTP client of a source, with its proxy and its certificate authorities. */
final class GitHttpClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private GitHttpClient() {}

  /** A client that follows no redirects; Git does that itself. */
  static HttpClient of(GitOptions options, Executor threads) throws IOException {
    Duration silence = options.timing().limits().silence();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT.compareTo(silence) < 0 ? CONNECT : silence)
            .executor(threads);
    InetSocketAddress proxy = options.access().proxy();
    if (proxy != null) {
      builder.proxy(
          ProxySelector.of(new InetSocketAddress(proxy.getHostString(), proxy.getPort())));
    }
    Path authorities = options.access().caCertificates();
    if (authorities != null) {
      builder.sslContext(trusting(authorities));
    }
    return builder.build();
  }

  private static SSLContext trusting(Path authorities) throws IOException {
    try (InputStream in = Files.newInputStream(authorities)) {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keyStore(in));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      String why =
          e instanceof FileSystemException
              ? GitErrorText.message(e)
              : authorities + ": " + e.getMessage();
      throw new IOException("the certificate authorities can't be read: " + why, e);
    }
  }

  private static KeyStore keyStore(InputStream in) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
      store.setCertificateEntry("authority-" + number++, one);
    }
    if (number == 0) {
      throw new IOException("has no certificate");
    }
    return store;
  }
}
