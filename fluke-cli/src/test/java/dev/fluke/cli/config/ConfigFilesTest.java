package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ConfigFilesTest {
  private final ConfigFiles files =
      new ConfigFiles(Path.of("/etc/fluke"), new ConcurrentHashMap<>());

  @Test
  void resolvesPathsAgainstTheDirectoryOfTheConfig() {
    assertThat(files.file("keys/../id")).isEqualTo(Path.of("/etc/fluke/id"));
    assertThat(files.file("/srv/id")).isEqualTo(Path.of("/srv/id"));
  }

  @Test
  void resolvesATildeAgainstTheHome() {
    assertThat(files.file("~/.ssh/id"))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".ssh", "id"));
    assertThat(files.file("~ann/id")).isEqualTo(Path.of("/etc/fluke/~ann/id"));
  }

  @Test
  void printsNoSecret() {
    Secret secret = files.secret("canary-4711");

    assertThat(files.toString()).doesNotContain("canary");
    assertThat(files.secrets()).containsExactly(secret);
  }

  @Test
  void givesTheSameSecretForTheSameText() {
    assertThat(files.secret("a")).isSameAs(files.secret("a")).isNotEqualTo(files.secret("b"));
  }
}
