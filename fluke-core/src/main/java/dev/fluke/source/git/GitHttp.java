package dev.fluke.source.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Locale;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets JGit send its requests to checked addresses only. Sends the credentials with the first
 * request, and only to the repository's own host; refuses redirects to an insecure URL, to one with
 * a user or password, and those that {@link RedirectRule} refuses.
 */
final class GitHttp implements HttpConnectionFactory {
  private static final int LAST_PORT = 65_535;

  private final GitHttpSender sender;
  private final URI repository;
  private final boolean insecure;
  private final @Nullable GitCredentials credentials;

  GitHttp(GitHttpSender sender, GitOptions options, @Nullable GitCredentials credentials) {
    this.sender = sender;
    this.repository = URI.create(options.url());
    this.insecure = options.access().insecure();
    this.credentials = credentials;
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  /** Ignores the proxy; the sender has its own. */
  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    String scheme = url.getProtocol().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && insecure)) {
      throw new IOException("the server redirects to " + scheme + "://, which is not safe");
    }
    boolean own = isOwn(url);
    return new GitHttpConnection(sender, url, uri(url), own, own ? credentials : null);
  }

  /** The URL, which a server may have chosen, as the sender reads it. */
  private static URI uri(URL url) throws IOException {
    URI uri;
    try {
      uri = new URI(new URI(url.toString()).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IOException("the server redirects to an invalid URL: " + e.getReason(), e);
    }
    if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new IOException("the server redirects to a URL without a valid host or port");
    }
    if (uri.getRawUserInfo() != null) {
      throw new IOException("the server redirects to a URL with a user, which Fluke refuses");
    }
    return uri;
  }

  private boolean isOwn(URL url) throws IOException {
    return url.getHost().equalsIgnoreCase(repository.getHost())
        && port(url) == port(repository.toURL())
        && url.getProtocol().equalsIgnoreCase(repository.getScheme());
  }

  private static int port(URL url) {
    return url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
  }
}
