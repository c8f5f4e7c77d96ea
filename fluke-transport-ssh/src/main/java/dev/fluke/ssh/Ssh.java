package dev.fluke.ssh;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import dev.fluke.source.git.GitTransport;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host reached over SSH. Fluke keeps one connection to it, and one shell that runs all checks.
 *
 * <p>Without options it logs in as {@code ssh} does: as the user of this process, with the agent of
 * {@code SSH_AUTH_SOCK} and the keys {@code id_ed25519}, {@code id_ecdsa} and {@code id_rsa} in
 * {@code ~/.ssh}. It trusts only the host keys in {@code ~/.ssh/known_hosts} and {@code
 * /etc/ssh/ssh_known_hosts}.
 *
 * <p>It also reaches Git repositories on that host, see {@link dev.fluke.source.git.GitSource#over
 * GitSource}.
 *
 * <p>Each option returns a new value. No argument may be null. Immutable and safe for use by any
 * thread.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 */
public final class Ssh implements Transport, GitTransport, Digestible {
  private final SshOptions options;

  private Ssh(SshOptions options) {
    this.options = options;
  }

  /**
   * Creates the transport to the host of this name or address, on port 22.
   *
   * @param host a host name or an IP address, without user, port or options
   * @throws IllegalArgumentException if it is not one
   * @throws IllegalStateException if the library JSch is missing, or an older one is first on the
   *     class path
   */
  public static Ssh to(String host) {
    SshArguments.requireLibrary();
    return new Ssh(SshOptions.of(SshArguments.host(host)));
  }

  /**
   * Creates the transport to the host that {@code ~/.ssh/config} describes under this alias. The
   * file is read once, during this call. Fluke uses HostName, Port, User, IdentityFile, ProxyJump,
   * UserKnownHostsFile and StrictHostKeyChecking, and ignores all else.
   *
   * @throws IllegalArgumentException if the file can't be read, or has an unsupported value, or if
   *     the home directory is unknown
   */
  public static Ssh config(String alias) {
    return config(alias, SshArguments.inHome(".ssh/config"));
  }

  /** As {@link #config(String)}, from another file. */
  public static Ssh config(String alias, Path file) {
    return SshConfig.read(requireNonNull(file, "file")).ssh(SshArguments.host(alias));
  }

  /**
   * Connects to this port instead of 22.
   *
   * @throws IllegalArgumentException unless it is 1 to 65535
   */
  public Ssh port(int port) {
    int checked = SshArguments.port(port, options.endpoint().host());
    return new Ssh(options.with(options.endpoint().port(checked)));
  }

  /**
   * Logs in as this user instead of the user of this process.
   *
   * @throws IllegalArgumentException if it can't be a user name
   */
  public Ssh user(String user) {
    return with(options.login().user(SshArguments.user(user)));
  }

  /**
   * Logs in with this private key, and not with the usual ones. Call it once for each key; the keys
   * are tried in that order.
   */
  public Ssh key(Path file) {
    return key(SshKey.inFile(file, Optional.empty()));
  }

  /** As {@link #key(Path)}, with the passphrase of the key. */
  public Ssh key(Path file, Secret passphrase) {
    return key(SshKey.inFile(file, Optional.of(requireNonNull(passphrase, "passphrase"))));
  }

  /** As {@link #key(Path)}, with the text that would stand in the file. */
  public Ssh key(Secret text) {
    return key(SshKey.inMemory(requireNonNull(text, "text")));
  }

  /**
   * Logs in with a private key and its certificate, signed by an authority that the host trusts.
   *
   * @param certificate the file that {@code ssh-keygen -s} made, such as {@code id-cert.pub}
   */
  public Ssh certificate(Path privateKey, Path certificate) {
    return key(SshKey.certified(privateKey, requireNonNull(certificate, "certificate")));
  }

  private Ssh key(SshKey key) {
    return with(options.login().key(key));
  }

  /** Logs in with this password. A {@link Secret#from} is read at each login. */
  public Ssh password(Secret password) {
    return with(options.login().password(requireNonNull(password, "password")));
  }

  /** Logs in with the keys of the agent behind {@code SSH_AUTH_SOCK}, and not the usual files. */
  public Ssh agent() {
    return with(options.login().withAgent());
  }

  /**
   * Trusts the host keys in this file instead of those in the usual files. Call it once for each
   * file.
   */
  public Ssh knownHosts(Path file) {
    return with(options.trust().knownHosts(requireNonNull(file, "file")));
  }

  /**
   * Trusts only the host key with this fingerprint. Files of known hosts and certificates of the
   * host do not count then; neither does the fingerprint of an authority.
   *
   * @param fingerprint as {@code ssh-keygen -l} prints it, such as {@code SHA256:…}
   * @throws IllegalArgumentException if it is not such a fingerprint
   */
  public Ssh hostKey(String fingerprint) {
    return with(options.trust().fingerprint(SshArguments.fingerprint(fingerprint)));
  }

  /**
   * Trusts a host that is not known yet, and adds its key to the first file of known hosts. A host
   * is known if any line is about it: under its name in any spelling, hashed, by a pattern, without
   * the port, under the address that it is connected to, with a key of another type or an
   * authority. Then another key is still refused, and so is a key that can't be written.
   */
  public Ssh acceptNew() {
    return with(options.trust().acceptingNew());
  }

  /**
   * Also offers this message authentication code, for an old host that knows none of the usual
   * ones. Call it once for each.
   *
   * @param name {@code hmac-sha1} or {@code hmac-sha1-etm@openssh.com}; both rely on SHA-1 and are
   *     off unless named
   * @throws IllegalArgumentException if it is another name
   */
  public Ssh mac(String name) {
    return new Ssh(options.mac(SshArguments.mac(name)));
  }

  /**
   * Reaches the host through this one, which may itself be reached through another. Each logs in
   * with its own credentials only; a password of the one never goes to the other.
   */
  public Ssh through(Ssh jumpHost) {
    return new Ssh(options.through(requireNonNull(jumpHost, "jumpHost").options));
  }

  /**
   * Limits the time for a TCP connection; 10 s by default.
   *
   * @throws IllegalArgumentException unless it is more than zero
   */
  public Ssh connectingWithin(Duration time) {
    return with(options.limits().connect(SshArguments.positive(time, "the time to connect")));
  }

  /**
   * Limits the time for key exchange and login; 15 s by default.
   *
   * @throws IllegalArgumentException unless it is more than zero
   */
  public Ssh loggingInWithin(Duration time) {
    return with(options.limits().login(SshArguments.positive(time, "the time to log in")));
  }

  /**
   * Sets how often Fluke asks a silent host whether it is still there; 15 s by default. After three
   * unanswered questions the connection counts as lost.
   *
   * @throws IllegalArgumentException unless it is more than zero
   */
  public Ssh keepAlive(Duration every) {
    return with(
        options.limits().keepAlive(SshArguments.positive(every, "the keep-alive interval")));
  }

  private Ssh with(SshOptions.Login login) {
    return new Ssh(options.with(login));
  }

  private Ssh with(SshOptions.Trust trust) {
    return new Ssh(options.with(trust));
  }

  private Ssh with(SshOptions.Limits limits) {
    return new Ssh(options.with(limits));
  }

  SshOptions options() {
    return options;
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    SshLine line = new SshConnector(options, target.scheduler().real()).connect();
    try {
      return HostConnection.overShells(line, target);
    } catch (Exception e) {
      line.close();
      throw e;
    }
  }

  @Override
  public GitTransport.Route routeTo(GitTransport.Place place) {
    return SshGit.route(options, place);
  }

  @Override
  public String address() {
    return options.address();
  }

  /**
   * Whether both have the same options. An agent that is declared again with an equal transport
   * keeps its connection. Secrets compare by identity; reuse the instance.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ssh that && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  @Override
  public void digestInto(Digest into) {
    into.add(options);
  }

  /** The user and the address, without credentials. */
  @Override
  public String toString() {
    return "ssh %s@%s".formatted(options.login().user(), options.address());
  }
}
