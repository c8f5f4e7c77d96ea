package dev.fluke.source.git;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Secret;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.text.Glob;
import dev.fluke.time.Scheduler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Manifests from a Git repository: the files of a branch, a tag or a commit that match {@code
 * **}{@code /*.fluke.yaml} or {@code .yml}. Each option returns a new value; immutable.
 *
 * <p>Keeps a bare mirror of its own and reads blobs from it; nothing is ever checked out, no hook
 * runs, symbolic links and submodules are passed over. A force-push is followed, and said.
 */
public final class GitSource implements ManifestSource {
  private final GitOptions options;

  private GitSource(GitOptions options) {
    this.options = options;
  }

  /**
   * The branch {@code main} of the repository at this URL: {@code https://} or {@code file://}, or
   * {@code http://} or {@code git://} if {@link #insecure} is called, or {@code ssh://} or {@code
   * git@host:path} with the module fluke-transport-ssh. What is wrong with it is said when the
   * reconciler is built.
   */
  public static GitSource at(String url) {
    return new GitSource(new GitOptions(requireNonNull(url, "url")));
  }

  private GitSource with(Consumer<GitOptions> change) {
    GitOptions copy = options.copy();
    change.accept(copy);
    return new GitSource(copy);
  }

  /** Follows this branch; {@code main} unless set. */
  public GitSource branch(String name) {
    requireNonNull(name, "name");
    return with(copy -> copy.ref = "refs/heads/" + name);
  }

  /** Follows this tag, also when it is moved. */
  public GitSource tag(String name) {
    requireNonNull(name, "name");
    return with(copy -> copy.ref = "refs/tags/" + name);
  }

  /** Stays at this commit, which a branch or a tag of the repository must lead to. */
  public GitSource commit(String id) {
    requireNonNull(id, "id");
    return with(copy -> copy.ref = id.startsWith("refs/") ? "?" + id : id);
  }

  /** Reads below this directory of the repository only. */
  public GitSource directory(String path) {
    requireNonNull(path, "path");
    String plain = path.replaceAll("^/+|/+$", "");
    return with(copy -> copy.directory = plain.isEmpty() ? "" : plain + "/");
  }

  /**
   * Takes the files whose path (below {@link #directory}, if set) matches.
   *
   * @throws IllegalArgumentException if the glob has an open brace
   */
  public GitSource files(String glob) {
    Glob files = Glob.of(glob);
    return with(copy -> copy.files = files);
  }

  /** The time between two looks; the reconciler's poll interval unless set. */
  public GitSource every(Duration time) {
    requireNonNull(time, "time");
    return with(copy -> copy.interval = Optional.of(time));
  }

  /** Logs in with name and password; a {@link Secret#from} is asked at each look. */
  public GitSource basicAuth(String user, Secret password) {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    return with(copy -> copy.login = new GitCredentials(Optional.of(user), password));
  }

  /** Logs in with a bearer token; a {@link Secret#from} is asked at each look. */
  public GitSource token(Secret token) {
    requireNonNull(token, "token");
    return with(copy -> copy.login = new GitCredentials(Optional.empty(), token));
  }

  /**
   * Reaches the host of an {@code ssh://} or {@code git@host:path} URL this way, such as {@code
   * Ssh.to("git.example.com").user("git").key(file)}, which must lead where the URL does. Unless
   * set, it is reached as the module fluke-transport-ssh does without options.
   */
  public GitSource over(GitTransport way) {
    requireNonNull(way, "way");
    return with(copy -> copy.way = way);
  }

  /** Trusts the certificate authorities of this PEM file, instead of those that Java trusts. */
  public GitSource caCertificates(Path authorities) {
    requireNonNull(authorities, "authorities");
    return with(copy -> copy.authorities = authorities);
  }

  /** Goes through this HTTP proxy, instead of the one that the JVM is set to, if any. */
  public GitSource proxy(String host, int port) {
    InetSocketAddress proxy = InetSocketAddress.createUnresolved(host, port);
    return with(copy -> copy.proxy = proxy);
  }

  /**
   * Keeps its mirror in this directory, for the next start; it is created if need be, and no other
   * source or process can use it meanwhile. Unless set, the mirror is temporary.
   */
  public GitSource mirror(Path directory) {
    requireNonNull(directory, "directory");
    return with(copy -> copy.mirror = directory);
  }

  /** Allows {@code http://} and {@code git://}, where anybody on the way can read and change. */
  public GitSource insecure() {
    return with(copy -> copy.insecure = true);
  }

  /**
   * Gives up a look at the remote after so much silence, and after so much time in all; 30 s and 5
   * minutes unless set.
   */
  public GitSource limits(Duration silence, Duration total) {
    requireNonNull(silence, "silence");
    requireNonNull(total, "total");
    return with(
        copy -> {
          copy.silence = silence;
          copy.total = total;
        });
  }

  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    return new GitFeed(options, scheduler, reader);
  }

  @Override
  public List<String> problems() {
    return GitUrls.problems(options);
  }

  @Override
  public Optional<Duration> pollInterval() {
    return options.interval;
  }

  /** The URL, without credentials, and what of it is followed. */
  @Override
  public String toString() {
    return GitUrls.shown(options.url) + " " + options.refInWords();
  }
}
