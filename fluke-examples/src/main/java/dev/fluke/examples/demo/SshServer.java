package dev.fluke.examples.demo;

import dev.fluke.ssh.Ssh;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An OpenSSH server on the loopback interface, with a host key and a login key of its own. It
 * serves this machine to the user who started it, and to nobody else.
 */
public final class SshServer implements AutoCloseable {
  private final Path dir;
  private final int port;
  private final Process process;

  private SshServer(Path dir, int port, Process process) {
    this.dir = dir;
    this.port = port;
    this.process = process;
  }

  /** Starts one that keeps its files in this directory, and waits until it answers. */
  public static SshServer start(Path dir) throws IOException, InterruptedException {
    Tool.run(dir, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "host");
    Tool.run(dir, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "login");
    Files.copy(dir.resolve("login.pub"), dir.resolve("authorized_keys"));
    int port = freePort();
    String hostKey = Files.readString(dir.resolve("host.pub")).strip();
    Files.writeString(dir.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey + "\n");
    Files.write(dir.resolve("config"), configuration(dir, port));
    Process process =
        new ProcessBuilder(sshd().toString(), "-D", "-e", "-f", dir.resolve("config").toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // if we are interrupted
    SshServer server = new SshServer(dir, port, process);
    try {
      server.awaitAnswer();
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /** It starts only by its full path, which few users have in their {@code PATH}. */
  private static Path sshd() throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd")); // where root's servers lock themselves in
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of((path + ":/usr/local/sbin:/usr/sbin").split(File.pathSeparator, -1))
        .filter(each -> each.startsWith("/"))
        .map(each -> Path.of(each, "sshd"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException("no sshd here: install openssh-server"));
  }

  private static List<String> configuration(Path dir, int port) {
    return List.of(
        "ListenAddress 127.0.0.1",
        "Port " + port,
        "HostKey \"" + dir.resolve("host") + "\"",
        "AuthorizedKeysFile \"" + dir.resolve("authorized_keys") + "\"",
        "SetEnv \"HOME=" + dir + "\"", // or bash reads a ~/.bashrc first, which may be slow
        "StrictModes no", // or it refuses keys below /tmp
        "UsePAM no",
        "PermitRootLogin prohibit-password",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "PidFile none");
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - until > 0) {
        throw new IOException("sshd does not answer: " + Files.readString(dir.resolve("log")));
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return socket.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The way to it: with its login key, trusting its host key and no other. */
  public Ssh ssh() {
    return Ssh.to("127.0.0.1")
        .port(port)
        .key(dir.resolve("login"))
        .knownHosts(dir.resolve("known_hosts"));
  }

  /** Ends it, and what still serves a connection. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
