package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
