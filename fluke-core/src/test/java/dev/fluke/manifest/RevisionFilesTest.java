package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths of files that a manifest refers to. */
class RevisionFilesTest {
  private final RevisionFiles files =
      new RevisionFiles("fleet/web/a.fluke.yaml", path -> path.getBytes(UTF_8));

  @ParameterizedTest
  @CsvSource({
    "motd, fleet/web/motd",
    "./motd, fleet/web/motd",
    "../motd, fleet/motd",
    "../../motd, motd",
    "a//b/./c/../d, fleet/web/a/b/d",
    "/motd, motd",
    "/a/../motd, motd",
  })
  void resolvesPathsFromTheManifestOrTheTop(String path, String whole) {
    assertThat(new String(files.content(path), UTF_8)).isEqualTo(whole);
  }

  @Tag("Z07")
  @ParameterizedTest
  @ValueSource(strings = {"../../../motd", "/../motd", "/..", "../../a/../../motd"})
  void refusesPathsThatLeaveTheSource(String path) {
    assertThatThrownBy(() -> files.content(path))
        .hasMessage("file '" + path + "' is outside the source");
  }

  @Test
  void reportsMissingAndLargeFiles() {
    assertThatThrownBy(() -> new RevisionFiles("a.fluke.yaml", path -> null).content("motd"))
        .hasMessage("there is no file 'motd' in this revision");
    assertThatThrownBy(
            () ->
                new RevisionFiles("a.fluke.yaml", path -> new byte[1024 * 1024 + 1])
                    .content("motd"))
        .hasMessage("file 'motd' has 1048577 bytes, at most 1 MiB is allowed");
  }

  @Test
  void refusesAPointerOfGitLfs() {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";

    assertThatThrownBy(
            () -> new RevisionFiles("a.fluke.yaml", path -> pointer.getBytes(UTF_8)).content("x"))
        .hasMessage("file 'x' is stored in Git LFS, which Fluke does not read; store it in Git");
  }
}
