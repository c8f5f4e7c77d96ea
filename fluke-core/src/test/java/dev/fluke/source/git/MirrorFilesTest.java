package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deleting what is stale, and nothing else. */
class MirrorFilesTest {
  private @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    "refs/fluke/tip.lock, true",
    "objects/incoming_1.pack, true",
    "config.tmp, true",
    "objects/pack/tmp_pack_x, true",
    "objects/noz123, true",
    "objects/pack/pack-1.pack, false",
    "refs/fluke/tip, false",
    "HEAD, false",
  })
  void deletesStaleFilesOnly(String path, boolean stale) throws Exception {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.createFile(file);

    MirrorFiles.deleteStale(dir);

    assertThat(Files.exists(file)).isEqualTo(!stale);
    assertThat(file.getParent()).isDirectory();
  }

  @Test
  void deletesATreeWithoutFollowingLinks() throws Exception {
    Path kept = Files.createFile(Files.createDirectory(dir.resolve("other")).resolve("kept"));
    Path tree = Files.createDirectories(dir.resolve("tree/sub")).getParent();
    Files.createFile(tree.resolve("sub/file"));
    Files.createSymbolicLink(tree.resolve("link"), kept.getParent());

    MirrorFiles.deleteTree(tree);
    MirrorFiles.deleteTree(tree);

    assertThat(tree).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void deletesALinkThatLeadsNowhere() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("nowhere"));

    MirrorFiles.deleteTree(link);

    assertThat(link).doesNotExist();
    assertThat(Files.isSymbolicLink(link)).isFalse();
  }
}
