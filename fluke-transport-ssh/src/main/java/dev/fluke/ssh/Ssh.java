package dev.fluke.ssh;

import static java.util.Objects.requireNonNull;

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
 * A host reached over SSH, with one connection that is kept and one shell that takes all checks.
 *
 * <p>Unless told otherwise it logs in as {@code ssh} does: as the user of this process, with the
 * agent of {@code SSH_AUTH_SOCK} and the keys {@code id_ed25519}, {@code id_ecdsa} and {@code
 * id_rsa} in {@code ~/.ssh}, and it trusts the host keys in {@code ~/.ssh/known_hosts} and {@code
 * /etc/ssh/ssh_known_hosts} and no others.
 *
 * <p>It is also a way to a repository on that host, see {@link dev.fluke.source.git.GitSource#over
 * GitSource}.
 *
 * <p>Each option returns a new value. Immutable and safe for use by any thread.
 */
public final class Ssh implements Transport, GitTransport {
  private final SshOptions options;

  private Ssh(SshOptions options) {
    this.options = options;
  }

  /**
   * The host of this name or address, on port 22.
   *
   * @param host a name or an address; never an option, a user or a port
   * @throws IllegalArgumentException if it is none
   */
  public static Ssh to(String host) {
    return new Ssh(SshOptions.of(SshArguments.host(host)));
  }

  /**
   * The host that {@code ~/.ssh/config} describes under this alias. The file is read now, once.
   * Heeded are HostName, Port, User, IdentityFile, ProxyJump, UserKnownHostsFile and
   * StrictHostKeyChecking.
   *
   * @throws IllegalArgumentException if the file can't be read or says what is not supported
   */
  public static Ssh config(String alias) {
    return config(alias, SshOptions.home().resolve(".ssh/config"));
  }

  /** As {@link #config(String)}, from another file. */
  public static Ssh config(String alias, Path file) {
    return SshConfig.read(requireNonNull(file, "file")).ssh(SshArguments.host(alias));
  }

  /** On this port instead of 22. */
  public Ssh port(int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " of " + options.host + " is none");
    }
    return with(changed -> changed.port = port);
  }

  /** Logs in as this user. */
  public Ssh user(String user) {
    String checked = SshArguments.user(user);
    return with(changed -> changed.user = checked);
  }

  /** Logs in with this private key; with several, each is tried in turn, and no others are. */
  public Ssh key(Path file) {
    return key(SshKey.inFile(file, Optional.empty()));
  }

  /** Logs in with this private key, which has a passphrase. */
  public Ssh key(Path file, Secret passphrase) {
    return key(SshKey.inFile(file, Optional.of(requireNonNull(passphrase, "passphrase"))));
  }

  /** Logs in with this private key, as text: what would stand in the file. */
  public Ssh key(Secret text) {
    return key(SshKey.inMemory(requireNonNull(text, "text")));
  }

  /**
   * Logs in with a private key and the certificate of it that an authority signed.
   *
   * @param certificate the file that {@code ssh-keygen -s} made, such as {@code id-cert.pub}
   */
  public Ssh certificate(Path privateKey, Path certificate) {
    return key(SshKey.certified(privateKey, requireNonNull(certificate, "certificate")));
  }

  private Ssh key(SshKey key) {
    return with(changed -> changed.keys = SshOptions.plus(changed.keys, key));
  }

  /** Logs in with this password; a {@link Secret#from} is asked with each login. */
  public Ssh password(Secret password) {
    requireNonNull(password, "password");
    return with(changed -> changed.password = password);
  }

  /** Logs in with the keys of the agent behind {@code SSH_AUTH_SOCK}, and no others. */
  public Ssh agent() {
    return with(changed -> changed.agent = true);
  }

  /** Trusts the host keys in this file; with several, those in each, and no others. */
  public Ssh knownHosts(Path file) {
    requireNonNull(file, "file");
    return with(changed -> changed.knownHosts = SshOptions.plus(changed.knownHosts, file));
  }

  /**
   * Trusts the host key with this fingerprint, and no other.
   *
   * @param fingerprint as {@code ssh-keygen -l} prints it, such as {@code SHA256:…}
   */
  public Ssh hostKey(String fingerprint) {
    String checked = SshArguments.fingerprint(fingerprint);
    return with(changed -> changed.fingerprint = checked);
  }

  /**
   * Trusts a host that is not known yet, once, and writes its key into the first file of known
   * hosts. A changed key is refused all the same.
   */
  public Ssh acceptNew() {
    return with(changed -> changed.acceptNew = true);
  }

  /** Reaches the host from this one; a jump host may be reached through another. */
  public Ssh through(Ssh jumpHost) {
    requireNonNull(jumpHost, "jumpHost");
    return with(changed -> changed.jump = jumpHost.options);
  }

  /** Gives a TCP connection this long; 10 s. */
  public Ssh connectingWithin(Duration time) {
    Duration checked = SshArguments.moreThanZero(time, "the time to connect");
    return with(changed -> changed.connectLimit = checked);
  }

  /** Gives key exchange and login this long; 15 s. */
  public Ssh loggingInWithin(Duration time) {
    Duration checked = SshArguments.moreThanZero(time, "the time to log in");
    return with(changed -> changed.loginLimit = checked);
  }

  /**
   * Asks a silent host whether it is there this often; 15 s. After the third question without an
   * answer the connection counts as lost.
   */
  public Ssh keepAlive(Duration every) {
    Duration checked = SshArguments.moreThanZero(every, "the time between signs of life");
    return with(changed -> changed.keepAlive = checked);
  }

  private Ssh with(SshOptions.Change change) {
    return new Ssh(options.with(change));
  }

  SshOptions options() {
    return options;
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    SshLine line = new SshConnector(options, target.scheduler().real()).line();
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
   * Whether it leads to the same place in the same way: an agent that is declared again with an
   * equal one keeps its connection. Of secrets, only the same object is equal.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ssh that && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return options.hashCode();
  }

  /** Where it leads. */
  @Override
  public String toString() {
    return "ssh " + options.user + "@" + options.address();
  }
}
