package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.text.Glob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a directory are found, and when their stamps change. */
class DirectoryScanTest {
  private @TempDir Path dir;

  private Path write(String path, String text) throws Exception {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void findsMatchingFilesInOrder() throws Exception {
    write("b.yaml", "");
    write("a/c.yaml", "");
    write("a/readme.md", "");
    Files.createDirectory(dir.resolve("folder.yaml"));

    assertThat(DirectoryScan.stampsBelow(dir, Glob.of("**/*.yaml")))
        .containsOnlyKeys("a/c.yaml", "b.yaml");
  }

  @Test
  void skipsHiddenDirectoriesExceptTheTop() throws Exception {
    write(".hidden/top.yaml", "");
    write(".hidden/.git/config.yaml", "");

    assertThat(DirectoryScan.stampsBelow(dir.resolve(".hidden"), Glob.of("**/*.yaml")))
        .containsOnlyKeys("top.yaml");
    assertThat(DirectoryScan.stampsBelow(dir, Glob.of("**/*.yaml"))).isEmpty();
  }

  @Test
  void endsInALoopOfLinks() throws Exception {
    write("a/x.yaml", "");
    Files.createSymbolicLink(dir.resolve("a/self"), dir.resolve("a"));

    assertThat(DirectoryScan.stampsBelow(dir, Glob.of("**/*.yaml"))).containsOnlyKeys("a/x.yaml");
  }

  @Test
  void changesTheStampWithSizeAndTime() throws Exception {
    Path file = write("a.yaml", "one");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
    String before = DirectoryScan.stamp(file);
    assertThat(before).isEqualTo("3 2025-01-01T00:00:00Z");

    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-01-01T00:00:01Z")));
    assertThat(DirectoryScan.stamp(file)).isNotEqualTo(before);
    Files.delete(file);
    assertThat(DirectoryScan.stamp(file)).isEqualTo("gone");
  }
}
