package dev.fluke.source.git;

import dev.fluke.net.internal.NetworkAccess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The network of a source, with its own proxy and certificate authorities if it has any.
 *
 * @param given the network otherwise
 */
record GitNetwork(
    NetworkAccess given, @Nullable InetSocketAddress proxy, @Nullable SSLSocketFactory trust)
    implements NetworkAccess {

  /** The network for these options. Reads the file of certificate authorities. */
  static GitNetwork of(GitOptions options, NetworkAccess given) throws IOException {
    Path authorities = options.access().caCertificates();
    SSLSocketFactory trust = authorities == null ? null : trusting(authorities);
    return new GitNetwork(given, options.access().proxy(), trust);
  }

  private static SSLSocketFactory trusting(Path authorities) throws IOException {
    try (InputStream in = Files.newInputStream(authorities)) {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keyStore(in));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
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

  @Override
  public List<InetAddress> addresses(String host) throws UnknownHostException {
    return given.addresses(host);
  }

  @Override
  public @Nullable ProxySelector proxies() {
    return proxy == null ? given.proxies() : ProxySelector.of(proxy);
  }

  @Override
  public SSLSocketFactory tls() {
    return trust == null ? given.tls() : trust;
  }

  @Override
  public void dial(SocketChannel channel, InetSocketAddress to, int millis) throws IOException {
    given.dial(channel, to, millis);
  }
}
