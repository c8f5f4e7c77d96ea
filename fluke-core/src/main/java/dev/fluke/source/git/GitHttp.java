package dev.fluke.source.git;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Git's HTTP over the JDK's client: with limits that hold, the login sent to the repository's own
 * host only and at once, and nothing taken from settings of the JVM but its proxy.
 */
final class GitHttp implements HttpConnectionFactory {
  private final HttpClient client;
  private final URI repository;
  private final FetchWatchdog watch;
  private final boolean insecure;
  private final @Nullable GitCredentials login;
  private Optional<Duration> retryAfter = Optional.empty();

  GitHttp(
      HttpClient client, GitOptions options, @Nullable GitCredentials login, FetchWatchdog watch) {
    this.client = client;
    this.repository = URI.create(options.url);
    this.watch = watch;
    this.insecure = options.insecure;
    this.login = login;
  }

  /** The client of a source, kept for all its looks. */
  static HttpClient client(GitOptions options, Executor threads) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(shorter(Duration.ofSeconds(10), options.silence))
            .executor(threads);
    if (options.proxy != null) {
      builder.proxy(
          ProxySelector.of(
              new InetSocketAddress(options.proxy.getHostString(), options.proxy.getPort())));
    }
    if (options.authorities != null) {
      builder.sslContext(caCertificates(options.authorities));
    }
    return builder.build();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static SSLContext caCertificates(Path authorities) throws IOException {
    try (InputStream in = Files.newInputStream(authorities)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, one);
      }
      if (number == 0) {
        throw new IOException("has no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IOException(
          "the certificate authorities can't be read: "
              + (e instanceof FileSystemException
                  ? GitRemote.said(e)
                  : authorities + ": " + e.getMessage()),
          e);
    }
  }

  /** Whom one connects to on the way to this URL. */
  String peer(URL url) {
    return client
        .proxy()
        .flatMap(way -> way.select(URI.create(url.toString())).stream().findFirst())
        .filter(first -> first.address() instanceof InetSocketAddress)
        .map(first -> (InetSocketAddress) first.address())
        .map(proxy -> "the proxy " + proxy.getHostString() + ":" + proxy.getPort())
        .orElseGet(() -> url.getHost() + ":" + portOf(url));
  }

  /** When the server wants to be asked again, if it said so. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  void retryAfter(Duration wait) {
    retryAfter = Optional.of(wait);
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  /** The proxy is the client's own. */
  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    String scheme = url.getProtocol().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && insecure)) {
      throw new IOException("the server sends us to " + scheme + "://, which is not safe");
    }
    boolean own =
        url.getHost().equalsIgnoreCase(repository.getHost())
            && portOf(url) == portOf(repository.toURL())
            && scheme.equalsIgnoreCase(repository.getScheme());
    return new GitHttpExchange(client, url, own ? login : null, this, watch);
  }

  private static int portOf(URL url) {
    return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
  }
}
