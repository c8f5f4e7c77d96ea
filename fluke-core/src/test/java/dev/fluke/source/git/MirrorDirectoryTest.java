package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One source at a time has a directory. */
class MirrorDirectoryTest {
  private @TempDir Path dir;

  @Test
  void createsAndKeepsTheGivenDirectory() throws Exception {
    Path given = dir.resolve("a/b");

    MirrorDirectory.open(given).close();

    assertThat(given).isDirectory();
  }

  @Test
  void refusesADirectoryInUse() throws Exception {
    try (MirrorDirectory held = MirrorDirectory.open(dir)) {
      assertThat(held.path()).isEqualTo(dir);
      assertThatThrownBy(() -> MirrorDirectory.open(dir))
          .isInstanceOf(IOException.class)
          .hasMessage("the mirror directory " + dir + " is in use by another source or process");
    }
    MirrorDirectory.open(dir).close();
  }

  @Test
  void deletesATemporaryDirectoryWhenClosed() throws Exception {
    Path temporary;
    try (MirrorDirectory open = MirrorDirectory.open(null)) {
      temporary = open.path();
      Files.createFile(temporary.resolve("x"));
    }

    assertThat(temporary).doesNotExist();
  }

  @Test
  void deletesTemporaryDirectoriesOfEndedProcesses() throws Exception {
    Path abandoned = Files.createTempDirectory("fluke-git-");
    Files.createFile(abandoned.resolve("lock"));
    try (MirrorDirectory used = MirrorDirectory.open(null)) {
      assertThat(abandoned).doesNotExist();

      MirrorDirectory.open(null).close();

      assertThat(used.path()).exists();
    }
  }

  @Test
  void leavesAbandonedDirectoriesAloneThatOthersCouldHaveMade() throws Exception {
    Path target = Files.createDirectory(dir.resolve("target"));
    Files.createFile(target.resolve("lock"));
    Path open = Files.createTempDirectory("fluke-git-");
    Path link = open.resolveSibling(open.getFileName() + "-link");
    try {
      Files.createFile(open.resolve("lock"));
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.createSymbolicLink(link, target);

      MirrorDirectory.open(null).close();

      assertThat(open.resolve("lock")).exists();
      assertThat(link).exists();
      assertThat(target.resolve("lock")).exists();
    } finally {
      Files.deleteIfExists(link);
      Files.delete(open.resolve("lock"));
      Files.delete(open);
    }
  }

  @Test
  void followsNoLinkToALock() throws Exception {
    Path victim = dir.resolve("victim");
    Path mirror = Files.createDirectory(dir.resolve("mirror"));
    Files.createSymbolicLink(mirror.resolve("lock"), victim);

    assertThatThrownBy(() -> MirrorDirectory.open(mirror)).isInstanceOf(IOException.class);
    assertThat(victim).doesNotExist();
  }

  @Test
  void refusesADirectoryBelowOneThatOthersCanWrite() throws Exception {
    Path above = Files.createDirectory(dir.resolve("above"));
    Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path mirror = above.resolve("mirror");

    assertThatThrownBy(() -> MirrorDirectory.open(mirror))
        .hasMessageStartingWith("the mirror directory is not safe: " + above + " can be written");
  }
}
