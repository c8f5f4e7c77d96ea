package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.files.internal.ConfinedDirectory;
import dev.fluke.source.DirectoryScan.MatchingFile;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Glob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a directory are found, and when their stamps change. */
class DirectoryScanTest {
  private @TempDir Path temporary;
  private Path dir;

  @BeforeEach
  void create() throws Exception {
    dir = Files.createDirectory(temporary.resolve("dir"));
  }

  private Path write(String path, String text) throws Exception {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Map<String, MatchingFile> files(Path directory) throws Exception {
    return DirectoryScan.below(ConfinedDirectory.of(directory), Glob.of("**/*.yaml")).files();
  }

  private List<String> unfollowed() throws Exception {
    return DirectoryScan.below(ConfinedDirectory.of(dir), Glob.of("**/*.yaml"))
        .unfollowed()
        .stream()
        .map(FileProblem::toString)
        .toList();
  }

  @Test
  void findsMatchingFilesInOrder() throws Exception {
    write("b.yaml", "");
    write("a/c.yaml", "");
    write("a/readme.md", "");
    Files.createDirectory(dir.resolve("folder.yaml"));

    assertThat(files(dir)).containsOnlyKeys("a/c.yaml", "b.yaml");
  }

  @Test
  void skipsHiddenDirectoriesExceptTheTop() throws Exception {
    write(".hidden/top.yaml", "");
    write(".hidden/.git/config.yaml", "");

    assertThat(files(dir.resolve(".hidden"))).containsOnlyKeys("top.yaml");
    assertThat(files(dir)).isEmpty();
  }

  @Test
  void endsInALoopOfLinks() throws Exception {
    write("a/x.yaml", "");
    write("b/y.yaml", "");
    Files.createSymbolicLink(dir.resolve("a/self"), dir.toRealPath().resolve("a"));
    Files.createSymbolicLink(dir.resolve("a/top"), Path.of(".."));
    Files.createSymbolicLink(dir.resolve("a/b"), Path.of("../b"));
    Files.createSymbolicLink(dir.resolve("b/a"), Path.of("../a"));

    assertThat(files(dir)).containsOnlyKeys("a/x.yaml", "b/y.yaml", "a/b/y.yaml", "b/a/x.yaml");
  }

  @Test
  void reportsLinksThatLeadOut() throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("x.yaml"), "");
    write("web/a.yaml", "");
    Files.createSymbolicLink(dir.resolve("web/x.yaml"), Path.of("../../outside/x.yaml"));
    Files.createSymbolicLink(dir.resolve("more"), outside);
    Files.createSymbolicLink(dir.resolve("notes.md"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(dir.resolve(".venv"), outside);

    assertThat(files(dir)).containsOnlyKeys("web/a.yaml");
    assertThat(unfollowed())
        .containsExactlyInAnyOrder(
            "web/x.yaml:1:1: is a link that leads out of the directory, to %s/x.yaml; copy what it leads to into the directory"
                .formatted(outside.toRealPath()),
            "more:1:1: is a link that leads out of the directory, to %s; copy what it leads to into the directory"
                .formatted(outside.toRealPath()));
  }

  @Test
  void skipsLinksThatCantBeFollowedExceptManifests() throws Exception {
    Path file = write("a.yaml", "");
    Files.createSymbolicLink(dir.resolve("x"), Path.of("x"));
    Files.createSymbolicLink(dir.resolve("under-a-file"), file.resolve("y"));
    Files.createSymbolicLink(dir.resolve("long.md"), Path.of("x".repeat(300)));
    assertThat(files(dir)).containsOnlyKeys("a.yaml");
    assertThat(unfollowed()).isEmpty();

    Files.createDirectory(dir.resolve("web"));
    Files.createSymbolicLink(dir.resolve("web/b.yaml"), Path.of("b.yaml"));
    assertThat(files(dir)).containsOnlyKeys("a.yaml");
    assertThat(unfollowed())
        .singleElement()
        .asString()
        .matches(
            "web/b.yaml:1:1: is a link that can't be followed \\(.+\\); put a file in its place");
  }

  @Test
  void changesTheStampWithSizeAndTime() throws Exception {
    Path file = write("a.yaml", "one");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-01-01T00:00:00Z")));
    ConfinedDirectory confined = ConfinedDirectory.of(dir);
    String before = DirectoryScan.stamp(confined, "a.yaml");
    assertThat(before).isEqualTo("3 2025-01-01T00:00:00Z");

    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-01-01T00:00:01Z")));
    assertThat(DirectoryScan.stamp(confined, "a.yaml")).isNotEqualTo(before);
    Files.delete(file);
    assertThat(DirectoryScan.stamp(confined, "a.yaml")).isEqualTo("gone");
  }
}
