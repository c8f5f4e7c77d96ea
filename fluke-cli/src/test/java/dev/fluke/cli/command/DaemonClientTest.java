package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import dev.fluke.cli.Shell.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against wrong configs, servers and certificates. */
class DaemonClientTest {
  @TempDir Path dir;
  private Shell shell;

  @BeforeEach
  void enter() {
    shell = Shell.in(dir);
  }

  private static Ended ended(int status, String message) {
    return new Ended(status, "", "fluke: " + message + "\n");
  }

  @Test
  void reportsAMissingConfigAlikeInAllCommands() {
    Ended missing = ended(65, "none.yaml does not exist; 'fluke init' writes a starter config");

    assertThat(shell.fluke("run", "--config", "none.yaml")).isEqualTo(missing);
    assertThat(shell.fluke("plan", "--standalone", "--config", "none.yaml")).isEqualTo(missing);
    assertThat(shell.fluke("validate", "--config", "none.yaml").out())
        .isEqualTo("none.yaml does not exist; 'fluke init' writes a starter config\n");
  }

  @Test
  void rejectsADirectoryAsConfig() throws Exception {
    Files.createDirectory(dir.resolve("conf"));

    Ended directory = ended(65, "conf can't be read: it is a directory");
    assertThat(shell.fluke("run", "--config", "conf")).isEqualTo(directory);
    assertThat(shell.fluke("plan", "--standalone", "--config", "conf")).isEqualTo(directory);
  }

  @Test
  void namesThePathThatInitCantWrite() throws Exception {
    Files.writeString(dir.resolve("file"), "");

    Ended ended = shell.fluke("init", "file/deeper");

    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.err())
        .startsWith("fluke: can't write to " + dir.resolve("file/deeper") + ": ");
  }

  @Test
  void rejectsOptionsWithoutEffect() {
    assertThat(shell.fluke("plan", "--config", "fluke.yaml").err())
        .startsWith("fluke: --config requires --standalone; a running daemon has its own config\n");
    assertThat(shell.fluke("plan", "--standalone", "--server", "http://127.0.0.1:1").err())
        .startsWith("fluke: --standalone uses no daemon and can't be combined with --server\n");
  }

  @Test
  void rejectsInvalidServerUrls() {
    for (String server :
        new String[] {"http://127.0.0.1:99999", "http://127.0.0.1:7x", "http://["}) {
      assertThat(shell.fluke("plan", "--server", server))
          .isEqualTo(
              ended(64, "server '" + server + "' must be a URL such as http://127.0.0.1:7071"));
    }
    assertThat(shell.fluke("plan", "--server", "http://nowhere.invalid:7071"))
        .isEqualTo(
            ended(4, "can't resolve host nowhere.invalid; use --server to name another daemon"));
  }

  @Test
  void rejectsInvalidSockets() {
    String path = "/" + "s".repeat(107);
    assertThat(shell.fluke("plan", "--server", "unix:" + path))
        .isEqualTo(
            ended(
                64,
                "server 'unix:%s': the path has 108 bytes, and a Unix socket allows at most 107; use a shorter path"
                    .formatted(path)));
    assertThat(shell.fluke("plan", "--server", "unix:none", "--token", "t").err())
        .startsWith(
            "fluke: a Unix socket needs no credentials and can't be combined with --token\n");
    assertThat(shell.fluke("plan", "--server", "unix:none"))
        .isEqualTo(
            ended(
                4,
                "no daemon listens at unix:%s; start one with 'fluke run', or use --server to name another"
                    .formatted(dir.resolve("none"))));
  }

  @Test
  void recognisesAServerThatIsNotFluke() throws Exception {
    try (ServerSocket other = answering("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")) {
      String url = "http://127.0.0.1:" + other.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", url))
          .isEqualTo(ended(4, "the server at " + url + " is not Fluke: its response is not JSON"));
    }
    try (ServerSocket plain = answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
      new Socket(plain.getInetAddress(), plain.getLocalPort()).close();
      String secure = "https://127.0.0.1:" + plain.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", secure))
          .isEqualTo(
              ended(4, secure + " does not use TLS; try " + secure.replace("https:", "http:")));
    }
  }

  @Test
  @Tag("slow")
  void givesUpOnASilentServer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "https://127.0.0.1:" + silent.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", url))
          .isEqualTo(
              ended(4, url + " did not respond within 5 s; use --server to name another daemon"));
    }
    try (ServerSocket hasty = answering("")) {
      String url = "http://127.0.0.1:" + hasty.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", url).err())
          .startsWith("fluke: " + url + " did not respond: ")
          .doesNotContain("Exception");
    }
  }

  /** Sends the same response to every client until it is closed. */
  private static ServerSocket answering(String answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  int unused = socket.getInputStream().read(new byte[8192]);
                  socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // the client closed the connection
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
