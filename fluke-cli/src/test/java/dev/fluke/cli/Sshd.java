package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An OpenSSH server on the loopback interface, with keys and a home of its own. */
public final class Sshd implements AutoCloseable {
  private final Path home;
  private final int port;
  private final Process process;

  private Sshd(Path home, int port, Process process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /** Starts one, with these lines before all others of its configuration. */
  public static Sshd start(Path home, String... settings) throws Exception {
    Files.createDirectories(home);
    for (String key : List.of("host", "login")) {
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", home.resolve(key) + "");
    }
    Files.copy(home.resolve("login.pub"), home.resolve("authorized_keys"));
    Path shell = home.resolve("shell"); // says which of several hosts on one machine this is
    Files.writeString(shell, "#!/bin/sh\nHERE=" + home + "; export HERE; exec /bin/sh \"$@\"\n");
    Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (int tries = 1; ; tries++) {
      try {
        return start(home, freePort(), settings);
      } catch (IOException e) {
        if (tries == 10 || !String.valueOf(e.getMessage()).contains("Address already in use")) {
          throw e;
        }
      }
    }
  }

  private static Sshd start(Path home, int port, String... settings) throws Exception {
    String hostKey = Files.readString(home.resolve("host.pub")).strip();
    Files.writeString(home.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + hostKey + "\n");
    List<String> lines = new ArrayList<>(List.of(settings));
    lines.addAll(
        List.of(
            "ListenAddress 127.0.0.1",
            "Port " + port,
            "HostKey " + home.resolve("host"),
            "AuthorizedKeysFile " + home.resolve("authorized_keys"),
            "SetEnv HOME=" + home, // or bash reads a ~/.bashrc first, which may be slow
            "StrictModes no",
            "UsePAM no",
            "PermitRootLogin prohibit-password",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "PidFile none"));
    Files.write(home.resolve("config"), lines);
    Process process =
        new ProcessBuilder(serving(home))
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile())
            .start();
    Sshd server = new Sshd(home, port, process);
    server.awaitStart();
    return server;
  }

  private static void run(String... argv) throws Exception {
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", argv) + ": " + said);
    }
  }

  /** Root has another home on each, and so each has another lock that applies wait for. */
  private static List<String> serving(Path home) throws IOException {
    List<String> argv = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      String apart = "mount --bind \"$0\" ~root && exec \"$@\"";
      argv.addAll(List.of("unshare", "--mount", "sh", "-c", apart, home.toString()));
    }
    argv.addAll(List.of(program(), "-D", "-e", "-f", home.resolve("config").toString()));
    return argv;
  }

  /** It starts only by its full path. */
  private static String program() throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd"));
    }
    return Stream.of("/usr/sbin/sshd", "/usr/local/sbin/sshd")
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElseThrow(() -> new IOException("no sshd here: install openssh-server"));
  }

  public static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** To connect might find another at the port. */
  private void awaitStart() throws Exception {
    Path log = home.resolve("log");
    for (int tries = 0; !Files.readString(log).contains("Server listening on "); tries++) {
      if (!process.isAlive() || tries > 1000) {
        throw new IOException("sshd does not listen: " + Files.readString(log));
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  public Path home() {
    return home;
  }

  public int port() {
    return port;
  }

  /** Where it is and how it is known, as a config says it. */
  public String login() {
    return "host: 127.0.0.1, port: %s, known_hosts: %s"
        .formatted(port, home.resolve("known_hosts"));
  }

  /** The agent of this host, as a config declares it. */
  public String agent(String name, String labels) {
    return "  %s:\n    ssh: { %s, key_file: %s }\n".formatted(name, login(), home.resolve("login"))
        + "    labels: { %s }\n    execution: { default_shell: %s }\n"
            .formatted(labels, home.resolve("shell"));
  }

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
