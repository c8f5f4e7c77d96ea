package dev.fluke.source.git;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Digestible;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.source.ManifestSource;
import dev.fluke.text.Glob;
import dev.fluke.text.Library;
import dev.fluke.time.Scheduler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Manifests from a Git repository: the files of a branch, a tag or a commit that match {@code
 * **}{@code /*.fluke.yaml} or {@code .yml}. Each option returns a new value; immutable.
 *
 * <p>Keeps a bare mirror of its own and reads the files from it. Fluke never checks anything out,
 * runs no hook, and ignores symbolic links and submodules. It follows a force-push and reports it,
 * unless {@link #fastForwardOnly} is called.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 */
public final class GitSource implements ManifestSource, Digestible {
  private final transient GitOptions options; // transient: serializers leave its URL out

  private GitSource(GitOptions options) {
    this.options = options;
  }

  /**
   * The branch {@code main} of the repository at this URL: {@code https://} or {@code file://};
   * {@code http://} or {@code git://} if {@link #insecure} is called; {@code ssh://} or {@code
   * git@host:path} with the module fluke-transport-ssh. The builder of the reconciler reports every
   * mistake in the URL and the options.
   */
  public static GitSource at(String url) {
    return new GitSource(GitOptions.of(requireNonNull(url, "url")));
  }

  /** Follows this branch; {@code main} unless set. */
  public GitSource branch(String name) {
    return new GitSource(options.with(GitRef.branch(requireNonNull(name, "name"))));
  }

  /** Follows this tag, also when it is moved. */
  public GitSource tag(String name) {
    return new GitSource(options.with(GitRef.tag(requireNonNull(name, "name"))));
  }

  /** Stays at this commit, which must be reachable from a branch or a tag of the repository. */
  public GitSource commit(String id) {
    return new GitSource(options.with(GitRef.commit(requireNonNull(id, "id"))));
  }

  /** Reads only below this directory of the repository. */
  public GitSource directory(String path) {
    String plain = requireNonNull(path, "path").replaceAll("^/+|/+$", "");
    String directory = plain.isEmpty() ? "" : plain + "/";
    return new GitSource(options.with(options.selection().directory(directory)));
  }

  /**
   * Reads the files whose path (below {@link #directory}, if set) matches.
   *
   * @throws IllegalArgumentException if the glob has an open brace
   */
  public GitSource files(String glob) {
    return new GitSource(options.with(options.selection().glob(Glob.of(glob))));
  }

  /** The time between two polls; the reconciler's poll interval unless set. */
  public GitSource every(Duration time) {
    return new GitSource(options.with(options.timing().interval(requireNonNull(time, "time"))));
  }

  /**
   * Authenticates with name and password. At each poll Fluke asks a {@link Secret#from} for its
   * value again.
   */
  public GitSource basicAuth(String user, Secret password) {
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    return with(new GitCredentials(Optional.of(user), password));
  }

  /**
   * Authenticates with a bearer token. At each poll Fluke asks a {@link Secret#from} for its value
   * again.
   */
  public GitSource token(Secret token) {
    return with(new GitCredentials(Optional.empty(), requireNonNull(token, "token")));
  }

  private GitSource with(GitCredentials credentials) {
    return new GitSource(options.with(options.access().credentials(credentials)));
  }

  /**
   * Reaches the host of an {@code ssh://} or {@code git@host:path} URL with this transport, such as
   * {@code Ssh.to("git.example.com").user("git").key(file)}. It must lead to the host of the URL.
   * Unless set, Fluke uses the module fluke-transport-ssh without options.
   */
  public GitSource over(GitTransport transport) {
    requireNonNull(transport, "transport");
    return new GitSource(options.with(options.access().transport(transport)));
  }

  /** Trusts the certificate authorities in this PEM file instead of those that Java trusts. */
  public GitSource caCertificates(Path authorities) {
    requireNonNull(authorities, "authorities");
    return new GitSource(options.with(options.access().caCertificates(authorities)));
  }

  /** Uses this HTTP proxy instead of the proxy settings of the JVM. */
  public GitSource proxy(String host, int port) {
    InetSocketAddress proxy = InetSocketAddress.createUnresolved(host, port);
    return new GitSource(options.with(options.access().proxy(proxy)));
  }

  /**
   * Keeps the mirror in this directory for the next start. Fluke creates the directory if needed;
   * only one source of one process can use it at a time. Unless set, the mirror is temporary.
   */
  public GitSource mirror(Path directory) {
    return new GitSource(options.mirror(requireNonNull(directory, "directory")));
  }

  /**
   * Adopts a commit only if it is signed by a key in this file, the first one included; a tag only
   * if the tag object is signed. Whatever else would be adopted is a broken revision: the last good
   * one stays in force.
   *
   * <p>The file has the format of {@code ssh-keygen(1)}, ALLOWED SIGNERS; keys are {@code
   * ssh-ed25519}, {@code ecdsa-sha2-nistp256}, {@code -384}, {@code -521}, and {@code ssh-rsa} from
   * 2048 bits. Fluke reads it again at each new commit: to revoke a key, remove its line. Times in
   * {@code valid-after} and {@code valid-before} are compared with the time of the committer or
   * tagger, as Git does, so they limit no key that was stolen. Every mistake in the file is
   * reported with its line, at {@code build()} and later, and then no commit is adopted.
   *
   * <p>Unless set, signatures do not matter.
   */
  public GitSource allowedSigners(Path file) {
    requireNonNull(file, "file");
    return new GitSource(options.with(options.trust().allowedSigners(file)));
  }

  /**
   * Adopts a commit only if it follows the last one that was read without errors: the remote can
   * neither go back to an older commit nor rewrite history. What does not is a broken revision. The
   * mirror remembers the one of this URL and branch or tag, so set {@link #mirror} to be safe
   * across restarts; without one, the first commit after a start is adopted. Unless set, a
   * force-push is followed.
   */
  public GitSource fastForwardOnly() {
    return new GitSource(options.with(options.trust().onlyFastForward()));
  }

  /** Allows {@code http://} and {@code git://}, which anybody on the way can read and change. */
  public GitSource insecure() {
    return new GitSource(options.with(options.access().allowInsecure()));
  }

  /**
   * Ends a poll when the remote sends nothing for {@code silence}, or when the poll takes longer
   * than {@code total}; 30 s and 5 minutes unless set.
   */
  public GitSource limits(Duration silence, Duration total) {
    FetchLimits limits =
        new FetchLimits(requireNonNull(silence, "silence"), requireNonNull(total, "total"));
    return new GitSource(options.with(options.timing().limits(limits)));
  }

  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    return open(scheduler, reader, new NetworkAccess() {});
  }

  /** Follows the source over this network; for tests. */
  Feed open(Scheduler scheduler, ManifestReader reader, NetworkAccess network) {
    return new GitFeed(options, scheduler, reader, network);
  }

  @Override
  public List<String> problems() {
    ClassLoader loader = getClass().getClassLoader();
    List<String> ofLibraries =
        Stream.of(Library.SNAKE_YAML, Library.JGIT)
            .flatMap(library -> library.problem(loader).stream())
            .toList();
    return ofLibraries.isEmpty() ? GitUrls.problems(options) : ofLibraries;
  }

  @Override
  public Optional<Duration> pollInterval() {
    return Optional.ofNullable(options.timing().interval());
  }

  @Override
  public boolean readsYaml() {
    return true;
  }

  @Override
  public void digestInto(Digest into) {
    into.add(options);
  }

  /** The URL, without credentials, and the branch, tag or commit that is followed. */
  @Override
  public String toString() {
    return Mask.url(options.url()) + " " + options.ref();
  }
}
