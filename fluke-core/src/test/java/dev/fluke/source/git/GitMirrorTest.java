package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror is created, opened again, and replaced. */
class GitMirrorTest {
  private @TempDir Path dir;

  private Path repository() {
    return dir.resolve("mirror.git");
  }

  @Test
  void createsABareRepositoryAndOpensItAgain() throws Exception {
    try (GitMirror mirror = GitMirror.in(dir)) {
      for (int i = 0; i < 2; i++) {
        try (Repository opened = mirror.open()) {
          assertThat(opened.isBare()).isTrue();
          assertThat(opened.getDirectory()).isEqualTo(repository().toFile());
          assertThat(opened.getConfig().getInt("gc", "auto", -1)).isZero();
        }
      }
      assertThat(mirror.packs()).isZero();
      Files.createFile(repository().resolve("objects/pack/pack-1.pack"));
      assertThat(mirror.packs()).isOne();
    }
  }

  @Test
  void reportsADirectoryThatIsNoRepository() throws Exception {
    try (GitMirror mirror = GitMirror.in(dir)) {
      Files.createDirectory(repository());

      assertThatThrownBy(mirror::open).isInstanceOf(DamagedMirrorException.class);
    }
  }

  @Test
  void replacesTheOldRepositoryOnlyIfItsUseSucceeds() throws Exception {
    try (GitMirror mirror = GitMirror.in(dir)) {
      mirror.open().close();
      Path mark = Files.createFile(repository().resolve("mark"));

      assertThatThrownBy(
              () ->
                  mirror.rebuild(
                      fresh -> {
                        throw new IOException("unreachable");
                      }))
          .hasMessage("unreachable");
      assertThat(mark).exists();

      assertThat(mirror.<String>rebuild(fresh -> "done")).isEqualTo("done");
      assertThat(mark).doesNotExist();
      try (var left = Files.list(dir)) {
        assertThat(left.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("lock", "mirror.git");
      }
    }
  }

  @Test
  void deletesWhatAKilledProcessLeft() throws Exception {
    try (GitMirror mirror = GitMirror.in(dir)) {
      mirror.open().close();
    }
    Files.createDirectory(dir.resolve("fresh-1"));
    Files.createDirectories(dir.resolve("old-1/mirror.git"));
    Files.createFile(repository().resolve("HEAD.lock"));

    GitMirror.in(dir).close();

    assertThat(dir.resolve("fresh-1")).doesNotExist();
    assertThat(dir.resolve("old-1")).doesNotExist();
    assertThat(repository().resolve("HEAD.lock")).doesNotExist();
    assertThat(repository().resolve("HEAD")).exists();
  }
}
