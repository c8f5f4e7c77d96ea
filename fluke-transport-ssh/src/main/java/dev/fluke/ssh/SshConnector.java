package dev.fluke.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.Session;
import dev.fluke.command.Secret;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connects and logs in, once; each phase with its limit. */
final class SshConnector {
  private static final int SIGNS_OF_LIFE = 3;
  private static final int TRIES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final SshOptions options;
  private final Scheduler real;
  private final InterruptibleCall patience;

  SshConnector(SshOptions options, Scheduler real) {
    this.options = options;
    this.real = real;
    this.patience = new InterruptibleCall(real);
  }

  /** What is to be said of the way to log in. */
  List<String> remarks() {
    return FilePermissionCheck.remarks(options);
  }

  /**
   * A line to the host.
   *
   * @throws UnreachableException saying in which phase it ended, and why
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  SshLine line() throws UnreachableException, InterruptedException {
    List<SshLine> jumps = new ArrayList<>();
    if (options.jump != null) {
      jumps.add(through(options.jump));
    }
    try {
      return login(jumps);
    } catch (UnreachableException | InterruptedException e) {
      jumps.forEach(SshLine::close);
      throw e;
    }
  }

  private SshLine through(SshOptions jump) throws UnreachableException, InterruptedException {
    try {
      return new SshConnector(jump, real).line();
    } catch (UnreachableException e) {
      String why = "jump host " + jump.address() + ": " + e.getMessage();
      throw e.isLoginRefused()
          ? UnreachableException.loginRefused(why)
          : UnreachableException.because(why);
    }
  }

  /** A server that has too many at its door resets some: those come again a moment later. */
  private SshLine login(List<SshLine> jumps) throws UnreachableException, InterruptedException {
    for (int i = 1; ; i++) {
      SshSocket socket = new SshSocket(options.connectLimit);
      try {
        return loggedIn(socket, jumps);
      } catch (JSchException e) {
        if (i == TRIES || !ConnectErrors.isReset(e, socket.hasConnected())) {
          throw ConnectErrors.of(e, options, socket.hasConnected() || !jumps.isEmpty());
        }
        real.sleep(LONGEST_PAUSE.multipliedBy(1 + real.random().nextInt(i * 100)).dividedBy(200));
      }
    }
  }

  private SshLine loggedIn(SshSocket socket, List<SshLine> jumps)
      throws JSchException, UnreachableException, InterruptedException {
    Runnable cut =
        () -> {
          socket.close();
          jumps.forEach(SshLine::close);
        };
    JschLogListener overheard = new JschLogListener(cut);
    Session session = session();
    session.setLogger(overheard);
    KeepAlive signs = new KeepAlive(real, options.keepAlive, SIGNS_OF_LIFE);
    if (jumps.isEmpty()) {
      session.setSocketFactory(socket);
    } else {
      session.setProxy(new JumpTunnel(jumps.get(jumps.size() - 1).session(), signs));
    }
    Duration limit = options.connectLimit.plus(options.loginLimit);
    try {
      patience.call(
          "fluke-ssh-login",
          limit,
          cut,
          () -> {
            session.connect(Math.toIntExact(options.loginLimit.toMillis()));
            return session;
          });
      if (!jumps.isEmpty()) {
        signs.ask(session, cut);
      }
      return new SshLine(session, real, jumps, cut, this, signs, overheard);
    } catch (JSchException e) {
      socket.close();
      if (overheard.hungUpAtTheLogin()) {
        throw UnreachableException.because(
            "handshake: the host hung up, or fell silent, when " + options.user + " logged in");
      }
      throw e;
    } catch (InterruptedException e) {
      socket.close();
      throw e;
    } catch (InterruptibleCall.OverException e) {
      throw UnreachableException.because(
          (socket.hasConnected() ? "handshake: " : ConnectErrors.connecting(options))
              + "not done within "
              + limit.toSeconds()
              + " s");
    } catch (Exception e) {
      socket.close();
      throw UnreachableException.because("handshake: " + e);
    }
  }

  private Session session() throws JSchException {
    JSch jsch = new JSch();
    jsch.setHostKeyRepository(HostKeys.of(options));
    List<String> ways = new ArrayList<>();
    jsch.setIdentityRepository(identities());
    if (options.password == null || !options.keys.isEmpty() || options.agent) {
      ways.add("publickey");
    }
    Session session = jsch.getSession(options.user, options.host, options.port);
    Secret password = options.password;
    if (password != null) {
      session.setPassword(password.reveal().getBytes(StandardCharsets.UTF_8));
      ways.add("password");
      ways.add("keyboard-interactive");
    }
    session.setConfig("PreferredAuthentications", String.join(",", ways));
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("enable_auth_none", "no"); // a round trip less
    session.setConfig("enable_pubkey_auth_query", "no"); // and another
    session.setDaemonThread(true);
    session.setServerAliveInterval(Math.toIntExact(options.keepAlive.toMillis()));
    session.setServerAliveCountMax(SIGNS_OF_LIFE);
    return session;
  }

  /** Our keys are added to a list of our own: JSch would hand them to the agent, for good. */
  private IdentityRepository identities() throws JSchException {
    JSch own = new JSch();
    for (SshKey key : options.saysHow() ? options.keys : usualKeys()) {
      key.addTo(own);
    }
    IdentityRepository keys = own.getIdentityRepository();
    return options.agent || !options.saysHow()
        ? agent().map(agent -> SshIdentities.of(keys, agent)).orElse(keys)
        : keys;
  }

  private Optional<IdentityRepository> agent() throws JSchException {
    String socket = System.getenv("SSH_AUTH_SOCK");
    if (socket == null || socket.isEmpty()) {
      if (options.agent) {
        throw new JSchException("there is no SSH agent: SSH_AUTH_SOCK is not set");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(new AgentIdentityRepository(new SSHAgentConnector(Path.of(socket))));
    } catch (AgentProxyException e) {
      throw new JSchException("the SSH agent: " + e.getMessage());
    }
  }

  private static List<SshKey> usualKeys() {
    List<SshKey> keys = new ArrayList<>();
    for (String name : List.of("id_ed25519", "id_ecdsa", "id_rsa")) {
      Path file = SshOptions.home().resolve(".ssh").resolve(name);
      if (Files.isReadable(file)) {
        keys.add(SshKey.inFile(file, Optional.empty()));
      }
    }
    return keys;
  }
}
