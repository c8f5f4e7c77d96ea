package dev.fluke.ssh;

import dev.fluke.command.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;

/** A server on loopback that does what a test scripts, where OpenSSH can't. */
final class ScriptedServer implements AutoCloseable {
  private static final String PASSWORD = "canary-of-a-scripted-server";

  /** What is done with a command that a client asks for, on a thread of its own. */
  interface Script {
    void run(ScriptedChannel channel) throws Exception;
  }

  /** What is done with a client that says its password; it is let in unless this throws. */
  interface Door {
    void knock(ServerSession session) throws Exception;
  }

  final org.apache.sshd.server.SshServer mina = SshServer.setUpDefaultServer();
  final AtomicInteger logins = new AtomicInteger();
  private final List<Process> processes = new CopyOnWriteArrayList<>();
  private final Path home;
  private final KeyPair hostKey;
  private Door door = session -> {};

  private ScriptedServer(Path home, KeyPair hostKey) {
    this.home = home;
    this.hostKey = hostKey;
  }

  /** Starts one. */
  static ScriptedServer start(Path dir, Script script) throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    Path home = Files.createTempDirectory(dir, "scripted");
    ScriptedServer server = new ScriptedServer(home, keys.generateKeyPair());
    server.mina.setHost("127.0.0.1");
    server.mina.setPort(0);
    server.mina.setKeyPairProvider(KeyPairProvider.wrap(server.hostKey));
    server.mina.setPasswordAuthenticator((user, word, session) -> server.isLetIn(word, session));
    server.mina.setCommandFactory((channel, command) -> server.new Work(command, script));
    server.mina.start();
    return server;
  }

  /** From now on this happens after the login request. */
  void atTheDoor(Door door) {
    this.door = door;
  }

  private boolean isLetIn(String word, ServerSession session) {
    logins.incrementAndGet();
    try {
      door.knock(session);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return word.equals(PASSWORD);
  }

  int port() {
    return mina.getPort();
  }

  /** The way to it, with its host key. */
  Ssh ssh() {
    return Ssh.to("127.0.0.1")
        .port(port())
        .user("fluke")
        .password(Secret.of(PASSWORD))
        .hostKey(KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic()));
  }

  /** Runs words in a real shell, in the home of this server. */
  Process process(String words) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", words).directory(home.toFile());
    builder.environment().put("HOME", home.toString());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  @Override
  public void close() throws IOException {
    mina.stop(true);
    processes.forEach(Process::destroyForcibly);
  }

  /** One command, as the library wants it. */
  private final class Work implements Command {
    private final String words;
    private final Script script;
    private InputStream in;
    private OutputStream out;
    private OutputStream err;

    Work(String words, Script script) {
      this.words = words;
      this.script = script;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      ScriptedChannel scripted =
          new ScriptedChannel(ScriptedServer.this, channel, words, in, out, err);
      var unused =
          Lab.aside(
              () -> {
                script.run(scripted);
                return true;
              });
    }

    @Override
    public void destroy(ChannelSession channel) {
      // what it writes next fails
    }

    @Override
    public void setExitCallback(ExitCallback callback) {}

    @Override
    public void setInputStream(InputStream in) {
      this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
      this.err = err;
    }
  }
}
