package dev.fluke.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendOnlyFileTest {
  @TempDir Path dir;

  private Path path;
  private AppendOnlyFile file;

  @BeforeEach
  void name() {
    path = dir.resolve("audit.jsonl");
    file = new AppendOnlyFile(path);
  }

  @AfterEach
  void close() throws IOException {
    file.close();
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void appendsToAFileThatOnlyTheOwnerReads() throws Exception {
    file.append("");
    assertThat(path).isEmptyFile();
    file.append("one\n");
    file.append("two\nthree\n");

    assertThat(path).hasContent("one\ntwo\nthree\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void keepsWhatIsThereAndEndsATornLine() throws Exception {
    Files.writeString(path, "old\ntor");
    mode(path, "rw-r-----");

    file.append("new\n");
    file.append("newer\n");

    assertThat(path).hasContent("old\ntor\nnew\nnewer\n");
  }

  @Test
  void followsThePathAfterARotation() throws Exception {
    file.append("one\n");
    Path rotated = Files.move(path, dir.resolve("audit.jsonl.1"));
    file.append("two\n");
    Files.delete(path);
    file.append("three\n");

    assertThat(rotated).hasContent("one\n");
    assertThat(path).hasContent("three\n");
  }

  @Test
  void writesThroughNoLink() throws Exception {
    Path target = Files.writeString(dir.resolve("target"), "");
    Files.createSymbolicLink(path, target);
    assertThatThrownBy(() -> file.append("one\n")).hasMessageContaining("it is a link");

    Files.delete(path);
    file.append("one\n");
    Files.delete(path);
    Files.createSymbolicLink(path, target);
    assertThatThrownBy(() -> file.append("two\n")).hasMessageContaining("it is a link");

    assertThat(target).isEmptyFile();
  }

  @Test
  void refusesWhatIsNotItsOwnRegularFile() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> file.append("x\n")).hasMessage("it is not a regular file");
    Files.delete(path);
    Files.createDirectory(path);
    assertThatThrownBy(() -> file.append("x\n")).hasMessage("it is not a regular file");
    Files.delete(path);
    Files.writeString(path, "");
    mode(path, "rw-rw----");
    assertThatThrownBy(() -> file.append("x\n"))
        .hasMessage("others can write it; 'chmod 600 " + path + "' prevents that");
    mode(path, "rw-------");
    file.append("x\n");
    assertThat(path).hasContent("x\n");
  }

  @Test
  void failsWithoutItsDirectory() {
    AppendOnlyFile none = new AppendOnlyFile(dir.resolve("none/audit.jsonl"));
    assertThatThrownBy(() -> none.append("x\n")).isInstanceOf(NoSuchFileException.class);
  }
}
