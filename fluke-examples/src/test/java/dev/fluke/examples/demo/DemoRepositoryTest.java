package dev.fluke.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRepositoryTest {
  @TempDir Path dir;

  @Test
  void commitsItsManifests() throws Exception {
    DemoRepository repository = DemoRepository.in(dir.resolve("infra"));

    String id = repository.greet("Say welcome", DemoRepository.greeting("welcome"));

    assertThat(repository.url()).isEqualTo("file://" + dir.resolve("infra"));
    assertThat(Tool.run(dir.resolve("infra"), "git", "log", "--format=%h %s"))
        .startsWith(id + " Say welcome\n")
        .endsWith(" Greet");
    assertThat(Tool.run(dir.resolve("infra"), "git", "ls-files"))
        .isEqualTo("greeting.fluke.yaml\nothers.fluke.yaml");
  }

  @Test
  void greetsInTheManifest() {
    assertThat(DemoRepository.greeting("hello"))
        .contains("env: { TEXT: hello }", "printf '%s\\n' \"$TEXT\" > motd");
  }
}
