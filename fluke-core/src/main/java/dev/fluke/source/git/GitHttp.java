package dev.fluke.source.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets JGit send its requests over the JDK's HTTP client. Sends the credentials with the first
 * request, and only to the repository's own host; refuses redirects to an insecure URL.
 */
final class GitHttp implements HttpConnectionFactory {
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

  /** Ignores the proxy; the client has its own. */
  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    String scheme = url.getProtocol().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && insecure)) {
      throw new IOException("the server redirects to " + scheme + "://, which is not safe");
    }
    return new GitHttpConnection(sender, url, isOwn(url) ? credentials : null);
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
