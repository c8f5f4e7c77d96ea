package dev.fluke.files.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.files.internal.ConfinedDirectory.LinkOutException;
import dev.fluke.files.internal.ConfinedDirectory.NotAFileException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading below a directory. */
class ConfinedDirectoryTest {
  @TempDir Path temporary;
  private Path dir;
  private ConfinedDirectory confined;

  @BeforeEach
  void create() throws Exception {
    dir = Files.createDirectories(temporary.toRealPath().resolve("dir"));
    Files.createDirectories(dir.resolve("a/b"));
    Files.writeString(dir.resolve("a/b/file"), "inside");
    Files.writeString(
        Files.createDirectory(temporary.resolve("outside")).resolve("file"), "canary");
    confined = ConfinedDirectory.of(Files.createSymbolicLink(temporary.resolve("to"), dir));
  }

  private String read(String path) throws Exception {
    return new String(confined.read(Path.of(path), 100), UTF_8);
  }

  @Test
  void resolvesLinksWithinTheDirectory() throws Exception {
    Files.createSymbolicLink(dir.resolve("relative"), Path.of("a/../a/b/file"));
    Files.createSymbolicLink(dir.resolve("absolute"), dir.resolve("a/b"));

    assertThat(confined.resolve(Path.of("relative"))).isEqualTo(Path.of("a/b/file"));
    assertThat(confined.resolve(Path.of("absolute/file"))).isEqualTo(Path.of("a/b/file"));
    assertThat(read("a/b/file")).isEqualTo("inside");
    assertThat(confined.read(Path.of("a/b/file"), 2)).hasSize(2);
    assertThat(confined.attributes(Path.of("a/b")).isDirectory()).isTrue();
    assertThat(confined.attributes(confined.resolve(Path.of("."))).isDirectory()).isTrue();
  }

  @Test
  void refusesALinkThatLeadsOut() throws Exception {
    for (String target : new String[] {"../outside/file", "/etc/passwd", "..", "a/../.."}) {
      Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of(target));
      assertThatThrownBy(() -> confined.resolve(Path.of("link")))
          .isInstanceOf(LinkOutException.class)
          .hasMessage(
              "is a link that leads out of the directory, to %s".formatted(link.toRealPath()));
      Files.delete(link);
    }
    assertThatThrownBy(() -> confined.resolve(Path.of("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void followsNoLinkThatCameAfterThePathWasResolved() throws Exception {
    Path resolved = confined.resolve(Path.of("a/b/file"));
    Files.move(dir.resolve("a/b"), dir.resolve("a/c"));
    Files.createSymbolicLink(dir.resolve("a/b"), temporary.resolve("outside"));
    assertThat(Files.readString(dir.resolve("a/b/file"))).isEqualTo("canary");

    assertThatThrownBy(() -> confined.read(resolved, 100)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> confined.attributes(resolved)).isInstanceOf(FileSystemException.class);
    Files.createSymbolicLink(dir.resolve("file"), temporary.resolve("outside/file"));
    assertThatThrownBy(() -> read("file")).isInstanceOf(NotAFileException.class);
  }

  @Test
  void readsRegularFilesOnly() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", dir.resolve("pipe") + "").start().waitFor()).isZero();

    assertThatThrownBy(() -> read("pipe"))
        .isInstanceOf(NotAFileException.class)
        .hasMessage("is not a regular file");
    assertThatThrownBy(() -> read("a")).isInstanceOf(NotAFileException.class);
  }
}
