package dev.fluke.cli.command;

import static java.nio.file.Files.writeString;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpOptionsTest {
  @TempDir Path dir;

  private String refused(String... options) {
    String[] command = new String[options.length + 2];
    command[0] = "get";
    command[1] = "agents";
    System.arraycopy(options, 0, command, 2, options.length);
    Shell.Ended ended = Shell.in(dir).fluke(command);
    assertThat(ended.status()).isEqualTo(64);
    return ended.err();
  }

  @Test
  void namesAMissingFile() throws Exception {
    assertThat(refused("--ca-file", "none.pem"))
        .isEqualTo("fluke: --ca-file: %s does not exist\n".formatted(dir.resolve("none.pem")));
    writeString(dir.resolve("a.pem"), "no certificate");
    String url = "https://127.0.0.1:1";
    assertThat(refused("--server", url, "--client-cert", "a.pem", "--client-key", "none.key"))
        .startsWith("fluke: --client-cert: " + dir.resolve("a.pem"));
  }

  @Test
  void requiresCertificateKeyAndHttpsTogether() {
    assertThat(refused("--client-cert", "a.pem"))
        .startsWith("fluke: --client-cert and --client-key require each other\n");
    assertThat(refused("--client-cert", "a", "--client-key", "b", "--server", "http://h:1"))
        .isEqualTo(
            "fluke: server 'http://h:1' must be an https:// URL, since there is a client certificate\n");
    assertThat(refused("--client-cert", "a", "--client-key", "b", "--server", "unix:s"))
        .contains("can't be combined with --client-cert");
  }
}
