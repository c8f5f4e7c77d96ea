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

/** Files and daemons that are not what a command takes them for. */
class WrongPlacesTest {
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
  void aConfigThatIsNotThereIsToldAlikeByAll() {
    Ended missing = ended(65, "there is no none.yaml; 'fluke init' writes one to begin with");

    assertThat(shell.fluke("run", "--config", "none.yaml")).isEqualTo(missing);
    assertThat(shell.fluke("plan", "--standalone", "--config", "none.yaml")).isEqualTo(missing);
    assertThat(shell.fluke("validate", "--config", "none.yaml").out())
        .isEqualTo("there is no none.yaml; 'fluke init' writes one to begin with\n");
  }

  @Test
  void aConfigThatIsADirectoryIsNoBug() throws Exception {
    Files.createDirectory(dir.resolve("conf"));

    Ended directory = ended(65, "conf can't be read: it is a directory");
    assertThat(shell.fluke("run", "--config", "conf")).isEqualTo(directory);
    assertThat(shell.fluke("plan", "--standalone", "--config", "conf")).isEqualTo(directory);
  }

  @Test
  void initSaysWhereItCantWrite() throws Exception {
    Files.writeString(dir.resolve("file"), "");

    Ended ended = shell.fluke("init", "file/deeper");

    assertThat(ended.status()).isEqualTo(64);
    assertThat(ended.err())
        .startsWith("fluke: can't write to " + dir.resolve("file/deeper") + ": ");
  }

  @Test
  void optionsOfTwoWaysToWorkDoNotMix() {
    assertThat(shell.fluke("plan", "--config", "fluke.yaml").err())
        .startsWith("fluke: --config is for --standalone; a daemon has its config already\n");
    assertThat(shell.fluke("plan", "--standalone", "--server", "http://127.0.0.1:1").err())
        .startsWith("fluke: --standalone asks no daemon, so it takes no --server\n");
  }

  @Test
  void aServerThatIsNoneIsNoBug() {
    for (String server :
        new String[] {"http://127.0.0.1:99999", "http://127.0.0.1:7x", "http://["}) {
      assertThat(shell.fluke("plan", "--server", server))
          .isEqualTo(
              ended(
                  64,
                  "the server is '" + server + "', must be a URL such as http://127.0.0.1:7071"));
    }
    assertThat(shell.fluke("plan", "--server", "http://nowhere.invalid:7071"))
        .isEqualTo(
            ended(4, "no address is known for nowhere.invalid; --server names another daemon"));
  }

  @Test
  void certificatesThatCantBeReadAreNamed() {
    assertThat(shell.fluke("plan", "--ca-file", "none.pem"))
        .isEqualTo(ended(64, "--ca-file: there is no " + dir.resolve("none.pem")));
  }

  @Test
  void whoAnswersWithoutBeingAFlukeIsNamed() throws Exception {
    try (ServerSocket other = answering("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")) {
      String url = "http://127.0.0.1:" + other.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", url))
          .isEqualTo(ended(4, "what answers at " + url + " is no fluke: its answer is no JSON"));
    }
    try (ServerSocket plain = answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
      new Socket(plain.getInetAddress(), plain.getLocalPort()).close();
      String secure = "https://127.0.0.1:" + plain.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", secure))
          .isEqualTo(ended(4, secure + " speaks no TLS; try " + secure.replace("https:", "http:")));
    }
  }

  @Test
  @Tag("slow")
  void whoKeepsSilentIsGivenUp() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "https://127.0.0.1:" + silent.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", url))
          .isEqualTo(ended(4, url + " does not answer within 5 s; --server names another"));
    }
    try (ServerSocket hasty = answering("")) {
      String url = "http://127.0.0.1:" + hasty.getLocalPort();
      assertThat(shell.fluke("get", "agents", "--server", url).err())
          .startsWith("fluke: " + url + " does not answer: ")
          .doesNotContain("Exception");
    }
  }

  /** Tells all who come the same until it is closed, as servers do: a stranger may come first. */
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
                  // who left early is answered no more
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
