package dev.fluke.source.git;

import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Opens the JGit transport that the scheme of the URL asks for. Made for one poll. */
final class GitConnector implements AutoCloseable {
  private final GitOptions options;
  private final Scheduler real;
  private final NetworkAccess network;
  private final FetchWatchdog watchdog;
  private final @Nullable GitCredentials credentials;
  private final @Nullable GitHttpSender sender;
  private final @Nullable GitSsh ssh;

  /**
   * For one poll.
   *
   * @param credentials with the secret's current value
   * @param network with the proxy and the certificate authorities of the source
   */
  GitConnector(
      GitOptions options,
      @Nullable GitCredentials credentials,
      NetworkAccess network,
      FetchWatchdog watchdog,
      Scheduler real) {
    this.options = options;
    this.credentials = credentials;
    this.watchdog = watchdog;
    this.real = real;
    this.network = network;
    this.sender = options.isOverHttp() ? new GitHttpSender(network, watchdog) : null;
    this.ssh = GitSshUrl.isOne(options.url()) ? GitSsh.of(options) : null;
  }

  Transport open(Repository mirror) throws IOException {
    URIish uri = uri();
    if ("git".equals(uri.getScheme())) {
      return new GitPackTransport(
          mirror,
          uri,
          watchdog,
          UnaryOperator.identity(),
          () -> GitTcp.open(uri, network, watchdog));
    }
    if (ssh != null) {
      return new GitPackTransport(
          mirror, uri, watchdog, ssh::masked, () -> ssh.open(real, watchdog));
    }
    Transport transport = Transport.open(mirror, uri);
    if (transport instanceof TransportHttp overHttp && sender != null) {
      overHttp.setHttpConnectionFactory(new GitHttp(sender, options, credentials));
      overHttp.setCredentialsProvider(null);
    }
    return transport;
  }

  private URIish uri() throws IOException {
    try {
      return new URIish(options.url());
    } catch (URISyntaxException e) {
      throw new IOException("is not a URL that Git knows: " + e.getReason(), e);
    }
  }

  /** When the server wants the next request, if it said so. */
  Optional<Duration> retryAfter() {
    return sender == null ? Optional.empty() : sender.retryAfter();
  }

  /** Whether the poll authenticates, so that exceptions of libraries may contain a secret. */
  boolean authenticates() {
    return credentials != null || ssh != null;
  }

  /** Whether the poll was ended from outside. */
  boolean isEnded() {
    return !watchdog.tripped().isEmpty();
  }

  /** Why the poll failed, without the credentials, which a server may have sent back. */
  String reason(Throwable failure) {
    return masked(isEnded() ? watchdog.tripped() : GitErrorText.of(failure));
  }

  /** Closes what the poll left open. */
  @Override
  public void close() {
    if (sender != null) {
      sender.close();
    }
  }

  private String masked(String text) {
    String less = credentials == null ? text : credentials.mask().hide(text);
    return ssh == null ? less : ssh.masked(less);
  }
}
