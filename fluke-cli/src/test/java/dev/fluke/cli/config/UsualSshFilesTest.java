package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Keys and known hosts of the user, where a config names none. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class UsualSshFilesTest {
  private final String home = System.getProperty("user.home");
  @TempDir Path temporary;
  private Path ssh;

  @BeforeEach
  void create() throws Exception {
    ssh = Files.createDirectories(temporary.toRealPath().resolve("home/.ssh"));
    PrivateFile.withMode(Files.createFile(ssh.resolve("id_ed25519")), "rw-r--r--");
    PrivateFile.withMode(Files.createFile(ssh.resolve("known_hosts")), "rw-rw-r--");
    System.setProperty("user.home", ssh.getParent().toString());
  }

  @AfterEach
  void restore() {
    System.setProperty("user.home", home);
  }

  @Test
  void reportsThoseThatAreUsed() {
    SectionFixture fixture = SectionFixture.of("{ host: web-01 }\n");
    Login login = Login.of(fixture.root(), SectionFixture.files());

    assertThat(login.key()).isEmpty();
    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:1: %1$s/id_ed25519 can be read by others (mode 0644); run chmod 600 %1$s/id_ed25519"
                .formatted(ssh),
            "f.yaml:1:1: %1$s/known_hosts can be written by others (mode 0664); run chmod go-w %1$s/known_hosts"
                .formatted(ssh));
  }

  @Test
  void saysNothingOfThoseThatAreNot() {
    SectionFixture fixture =
        SectionFixture.of("{ host: web-01, password: secret, known_hosts: /none/known }\n");
    var unused = Login.of(fixture.root(), SectionFixture.files());

    assertThat(fixture.problems()).isEmpty();
  }
}
