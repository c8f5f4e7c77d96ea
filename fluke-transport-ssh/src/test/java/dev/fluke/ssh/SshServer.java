package dev.fluke.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real OpenSSH server on the loopback interface, with host keys and a login key of its own; it
 * serves this machine to the user who runs the tests.
 */
final class SshServer implements AutoCloseable {
  private static final String SSHD = "/usr/sbin/sshd";

  final Path dir;
  final int port;
  private final List<String> settings;
  private Process process;

  private SshServer(Path dir, List<String> settings) throws IOException {
    this.dir = dir;
    this.settings = settings;
    this.port = freePort();
  }

  /** Starts one, with these lines more in its configuration. */
  static SshServer start(Path dir, String... settings) throws Exception {
    if (!Files.isExecutable(Path.of(SSHD))) {
      throw new IllegalStateException("no " + SSHD + ": install openssh-server");
    }
    for (int tries = 1; ; tries++) {
      SshServer server = new SshServer(Files.createTempDirectory(dir, "sshd"), List.of(settings));
      Files.createDirectory(server.dir.resolve("home"));
      keygen(server.dir.resolve("id"));
      Files.copy(server.dir.resolve("id.pub"), server.dir.resolve("authorized_keys"));
      server.newHostKey();
      server.knowIt();
      try {
        server.up();
        return server;
      } catch (IOException e) {
        if (tries == 10 || !server.log().contains("Address already in use")) {
          throw e;
        }
      }
    }
  }

  static void keygen(Path file, String... options) throws Exception {
    List<String> argv = new ArrayList<>(List.of("ssh-keygen", "-q", "-C", "", "-f", "" + file));
    if (options.length == 0) {
      argv.addAll(List.of("-t", "ed25519", "-N", ""));
    }
    argv.addAll(List.of(options));
    run(argv);
  }

  static String run(List<String> argv) throws Exception {
    Process ran = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String said = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (ran.waitFor() != 0) {
      throw new IOException(argv + ": " + said);
    }
    return said;
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** Gives it another host key; from its next start on. */
  void newHostKey() throws Exception {
    Files.deleteIfExists(dir.resolve("host"));
    Files.deleteIfExists(dir.resolve("host.pub"));
    keygen(dir.resolve("host"));
  }

  /**
   * Lets an authority certify its host key for this host; from its next start on it shows the
   * certificate, too.
   */
  void certify(Path authority, String host) throws Exception {
    String key = dir.resolve("host.pub").toString();
    run(List.of("ssh-keygen", "-q", "-s", authority + "", "-I", "host", "-h", "-n", host, key));
  }

  /** Writes the present host key into the file of known hosts. */
  void knowIt() throws IOException {
    String key = Files.readString(dir.resolve("host.pub")).strip();
    Files.writeString(knownHosts(), "[127.0.0.1]:" + port + " " + key + "\n");
  }

  /**
   * From now on a login runs this script, whatever it asks for; that is in SSH_ORIGINAL_COMMAND.
   */
  void force(String script) throws Exception {
    Path gate = dir.resolve("gate");
    Files.writeString(gate, "#!/bin/sh\n" + script + "\n");
    run(List.of("chmod", "+x", gate.toString()));
    Files.writeString(
        dir.resolve("authorized_keys"),
        "command=\"" + gate + "\" " + Files.readString(dir.resolve("id.pub")));
  }

  /** Starts it, and waits until it listens: to connect might find another at the port. */
  void up() throws Exception {
    Files.createDirectories(Path.of("/run/sshd"));
    int before = Files.exists(dir.resolve("log")) ? log().length() : 0;
    Files.write(dir.resolve("config"), configuration());
    process =
        new ProcessBuilder(serving())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve("log").toFile()))
            .start();
    Waiting.until("sshd listens", () -> hasBegun(before) || !process.isAlive());
    if (!hasBegun(before)) {
      throw new IOException("sshd does not listen: " + log());
    }
  }

  private boolean hasBegun(int before) throws IOException {
    return log().substring(before).contains("Server listening on ");
  }

  /**
   * Root's home, and so the lock on it that applies wait for, is another on each server: tests that
   * run side by side are on hosts of their own.
   */
  private List<String> serving() {
    List<String> argv = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      String apart = "mount --bind \"$0\" ~root && exec \"$@\"";
      argv.addAll(List.of("unshare", "--mount", "sh", "-c", apart, dir.resolve("home").toString()));
    }
    argv.addAll(List.of(SSHD, "-D", "-e", "-f", dir.resolve("config").toString()));
    return argv;
  }

  private List<String> configuration() {
    List<String> lines = new ArrayList<>();
    lines.add("MaxStartups 1000"); // of this one the last counts, of all others the first
    lines.addAll(settings);
    lines.addAll(
        List.of(
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "HostKey " + dir.resolve("host"),
            Files.exists(dir.resolve("host-cert.pub"))
                ? "HostCertificate " + dir.resolve("host-cert.pub")
                : "",
            "AuthorizedKeysFile " + dir.resolve("authorized_keys"),
            "SetEnv HOME=" + dir.resolve("home"), // or bash reads a ~/.bashrc that may be slow
            "StrictModes no",
            "UsePAM no",
            "PermitRootLogin yes",
            "LogLevel VERBOSE",
            "PidFile none"));
    return lines;
  }

  /** Ends it; connections that are open go on. */
  void down() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** The processes that serve a connection each. */
  List<ProcessHandle> connections() {
    return process.children().toList();
  }

  /** Its host key's, as {@code ssh-keygen -l} prints it. */
  String fingerprint() {
    try {
      return run(List.of("ssh-keygen", "-lf", dir.resolve("host.pub").toString()))
          .split(" ", -1)[1];
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends this signal to a process of its, if that is still there. */
  static void signal(String signal, ProcessHandle process) throws Exception {
    if (process.isAlive()) {
      run(List.of("kill", "-s", signal, String.valueOf(process.pid())));
    }
  }

  /** The process that takes connections. */
  ProcessHandle listener() {
    return process.toHandle();
  }

  Path key() {
    return dir.resolve("id");
  }

  Path knownHosts() {
    return dir.resolve("known_hosts");
  }

  String log() throws IOException {
    return Files.readString(dir.resolve("log"));
  }

  /** The way to it, with its login key and its host key. */
  Ssh ssh() {
    return Ssh.to("127.0.0.1").port(port).key(key()).knownHosts(knownHosts());
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    down();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
