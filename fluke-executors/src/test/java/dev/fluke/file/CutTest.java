package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.onhost.OneStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An apply that is ended half-way leaves the file as it was, and nothing beside it for long. */
class CutTest {
  @TempDir Path dir;
  @TempDir Path programs;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(dir.resolve("conf"), "old");
  }

  private OneStep step() {
    return OneStep.of(ManagedFile.at(file.toString()).content("new")).path(programs.toString());
  }

  /** A program of the host, in place of the real one. */
  private void program(String name, String script) throws IOException {
    Path program = programs.resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private List<String> leftOvers() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(n -> !n.equals("conf"))
          .toList();
    }
  }

  @Tag("rule-6")
  @Test
  void cleansUpWhenTheApplyIsKilledAtItsLimit() throws Exception {
    program("mv", "exec sleep 60");

    assertThat(step().timeout(Duration.ofMillis(500)).cycle()).isFailed();

    assertThat(file).hasContent("old");
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void removesWhatAKilledApplyLeft() throws Exception {
    program("mv", "kill -KILL $PPID");
    assertThat(step().cycle()).isFailed();
    assertThat(leftOvers()).singleElement().asString().startsWith(".fluke-");
    Files.writeString(dir.resolve(".fluke-of-somebody-else"), "");

    Files.delete(programs.resolve("mv"));
    assertThat(step().cycle()).isApplied();

    assertThat(file).hasContent("new");
    assertThat(leftOvers()).containsExactly(".fluke-of-somebody-else");
  }

  @Test
  void cleansUpWhenTheRenameFails() throws Exception {
    program("mv", "echo the disk is full >&2; exit 1");

    assertThat(step().cycle()).isFailed().hasMessageContaining("the disk is full");

    assertThat(file).hasContent("old");
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void neverPutsHalfOfTheBytesInPlace() throws Exception {
    program("wc", "echo 1");

    assertThat(step().cycle()).isFailed().hasMessageContaining("received 1 of 3 bytes");

    assertThat(file).hasContent("old");
    assertThat(leftOvers()).isEmpty();
  }
}
