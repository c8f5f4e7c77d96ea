package dev.fluke.files.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others can change below a directory. */
@Tag("Z08")
class TreeExposuresTest {
  @TempDir Path temporary;
  private Path dir;
  private Path file;

  @BeforeEach
  void create() throws Exception {
    dir = Files.createDirectory(temporary.toRealPath().resolve("dir"));
    file = mode(Files.writeString(dir.resolve("file"), "x"), "rw-------");
  }

  private static Path mode(Path path, String permissions) throws Exception {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void findsWhatOthersCanChangeBelowADirectory() throws Exception {
    Path web = mode(Files.createDirectory(dir.resolve("web")), "rwxrwxrwx");
    mode(Files.writeString(web.resolve("a.fluke.yaml"), ""), "rw-rw-r--");
    Path hidden = mode(Files.createDirectory(dir.resolve(".git")), "rwxrwxrwx");
    mode(Files.writeString(hidden.resolve("x"), ""), "rw-rw-rw-");
    Path outside = mode(Files.writeString(temporary.resolve("outside"), ""), "rw-rw-rw-");
    Files.createSymbolicLink(dir.resolve("link"), outside);

    assertThat(Exposures.below(dir))
        .extracting(FileExposure::path)
        .containsExactlyInAnyOrder(web, web.resolve("a.fluke.yaml"), outside.toRealPath());
  }

  @Test
  void looksAtAllThatComesAfterAnUnusableLink() throws Exception {
    Path closed = mode(Files.createDirectory(temporary.resolve("closed")), "rwxrwxrwx");
    Path exposed = Files.createDirectory(dir.resolve("later"));
    for (int i = 0; i < 10; i++) { // whatever the order in which the directory lists them
      Files.createSymbolicLink(dir.resolve("self" + i), Path.of("self" + i));
      Files.createSymbolicLink(dir.resolve("under-a-file" + i), file.resolve("x"));
      Files.createSymbolicLink(dir.resolve("long" + i), Path.of("x".repeat(300)));
      Files.createSymbolicLink(dir.resolve("gone" + i), closed.resolve("gone"));
      mode(Files.writeString(exposed.resolve("file" + i), ""), "rw-rw-rw-");
    }

    assertThat(Exposures.below(dir))
        .extracting(exposure -> exposure.path().getParent())
        .containsOnly(exposed, temporary.toRealPath())
        .hasSize(20);
  }

  @Test
  void reportsALinkThatItCantFollowAsTheKernelDoes() throws Exception {
    Path link = dir.resolve("link");
    TreeExposures tree = new TreeExposures(dir, ProcessUser.current());
    Files.createSymbolicLink(link, file);

    tree.unexamined(link, new IOException("disk error"));
    Files.delete(file);
    tree.unexamined(link, new IOException("disk error"));
    assertThat(tree.found())
        .extracting(FileExposure::toString)
        .containsExactly(link + " can't be examined (disk error); remove it, or make it readable");
  }
}
