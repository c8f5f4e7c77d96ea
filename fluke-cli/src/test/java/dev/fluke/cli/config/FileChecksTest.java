package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import dev.fluke.files.internal.FileExposure.Allowed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weak permissions, each reported once. */
class FileChecksTest {
  @TempDir Path dir;
  private final FileChecks checks = new FileChecks();

  @Test
  void reportsEachWeakPermissionOnce() throws Exception {
    Path open = Files.createDirectory(dir.toRealPath().resolve("open"));
    Path one = PrivateFile.withMode(Files.createFile(open.resolve("one")), "rw-r--r--");
    Path two = PrivateFile.withMode(Files.createFile(open.resolve("two")), "rw-r--r--");
    PrivateFile.withMode(open, "rwxrwxrwx");

    assertThat(checks.of(one, Allowed.NOTHING)).hasSize(2);
    assertThat(checks.of(one, Allowed.NOTHING)).isEmpty();
    assertThat(checks.of(two, Allowed.READING)).as("the directory is reported").isEmpty();
    assertThat(checks.of(two, Allowed.NOTHING))
        .containsExactly(
            "%s can be read by others (mode 0644); run chmod 600 %s".formatted(two, two));
  }

  @Test
  void reportsWhatIsBelowADirectory() throws Exception {
    Path open = PrivateFile.withMode(Files.createFile(dir.toRealPath().resolve("a")), "rw-rw-r--");

    assertThat(checks.below(dir.toRealPath()))
        .containsExactly(
            "%s can be written by others (mode 0664); run chmod go-w %s".formatted(open, open));
    assertThat(checks.below(dir.toRealPath())).isEmpty();
  }
}
