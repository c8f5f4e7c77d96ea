package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.onhost.OneStep;
import dev.fluke.report.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an apply does to what it finds, on this machine. */
class FileApplyTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void name() {
    file = dir.resolve("it's a \"$file\" *");
  }

  private ManagedFile reads(String text) {
    return ManagedFile.at(file.toString()).content(text);
  }

  private String mode() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void keepsModeAndOwnerUnlessDeclared() throws Exception {
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    Files.setAttribute(file, "unix:uid", 65_534);
    Files.setAttribute(file, "unix:gid", 1);

    assertThat(OneStep.of(reads("new")).cycle()).isApplied();

    assertThat(file).hasContent("new");
    assertThat(mode()).isEqualTo("rw-rw----");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(65_534);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(1);
  }

  @Test
  void setsModeAndOwnerWithoutWritingTheFile() throws Exception {
    Files.writeString(file, "text");
    Object inode = Files.getAttribute(file, "unix:ino");
    ManagedFile declared = reads("text").mode("4750").owner("nobody").group("1");

    StepReport report = OneStep.of(declared).cycle();

    assertThat(report).isApplied();
    assertThat(report.differences())
        .extracting(Object::toString)
        .containsExactly(
            "mode should be '4750', is '0644'",
            "owner should be 'nobody', is 'root'",
            "group should be '1', is '0'");
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(04750);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(OneStep.of(declared).cycle()).isInSync();
  }

  @Test
  void leavesTheFileAloneWhenTheOwnerIsUnknown() throws Exception {
    Files.writeString(file, "old");

    assertThat(OneStep.of(reads("new").owner("no-such-user")).cycle())
        .isFailed()
        .hasMessageContaining("invalid user")
        .hasMessageContaining("no-such-user");

    assertThat(file).hasContent("old");
    assertThat(dir).isDirectoryContaining(only -> only.equals(file));
  }

  @Test
  void takesNoDotInAnOwnerForAColon() throws Exception {
    assertThat(OneStep.of(reads("new").owner("root.root")).cycle())
        .isFailed()
        .hasMessageContaining("root.root");

    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void givesASecretANewFileEvenIfOnlyTheModeDiffers() throws Exception {
    Files.writeString(file, "secret");
    Files.setAttribute(file, "unix:uid", 65_534);
    Object inode = Files.getAttribute(file, "unix:ino");

    StepReport report = OneStep.of(reads("secret").secret()).cycle();

    assertThat(report).isApplied();
    assertThat(report.differences())
        .extracting(Object::toString)
        .containsExactly("mode should be '0600', is '0644'", "owner should be '0', is '65534'");
    assertThat(mode()).isEqualTo("rw-------");
    assertThat(Files.getAttribute(file, "unix:ino")).isNotEqualTo(inode);
    assertThat(OneStep.of(reads("secret").secret()).cycle()).isInSync();
  }

  @Test
  void createsMissingParentsOnlyIfDeclared() throws Exception {
    Path below = dir.resolve("a/b/c");
    ManagedFile declared = ManagedFile.at(below.toString()).content("x");

    assertThat(OneStep.of(declared).cycle())
        .isFailed()
        .hasMessageContaining(
            "the directory "
                + dir
                + "/a/b/ is missing; create it in an earlier step, or set parents: true");
    assertThat(OneStep.of(declared.parents()).cycle()).isApplied();
    assertThat(below).hasContent("x");
  }

  @Test
  void removesAFileThatMustBeAbsent() throws Exception {
    Files.writeString(file, "text");
    ManagedFile absent = ManagedFile.at(file.toString()).absent();

    assertThat(OneStep.of(absent).cycle()).isApplied();

    assertThat(file).doesNotExist();
    assertThat(OneStep.of(absent).cycle()).isInSync();
  }

  @Test
  void replacesALinkOnlyIfDeclared() throws Exception {
    Path target = Files.writeString(dir.resolve("target"), "precious");
    for (ManagedFile declared : List.of(reads("new"), ManagedFile.at(file.toString()).absent())) {
      Files.deleteIfExists(file);
      Files.createSymbolicLink(file, target);

      assertThat(OneStep.of(declared).cycle())
          .isFailed()
          .hasMessageContaining(
              "is a symbolic link to "
                  + target
                  + "; declare the path that it points to, or set replace: symlink");
      assertThat(file).isSymbolicLink();
      assertThat(OneStep.of(declared.replacing(Replaceable.SYMLINK)).cycle()).isApplied();
      assertThat(Files.isSymbolicLink(file)).isFalse();
      assertThat(target).hasContent("precious");
    }
  }

  @Test
  void replacesADirectoryOnlyIfDeclared() throws Exception {
    Path kept = Files.createDirectory(file).resolve("kept");
    Files.writeString(kept, "precious");

    for (Replaceable little : List.of(Replaceable.FILE, Replaceable.SYMLINK)) {
      assertThat(OneStep.of(reads("new").replacing(little)).cycle())
          .isFailed()
          .hasMessageContaining(
              "is a directory; remove it, or set replace: directory, which deletes it with everything in it");
    }
    assertThat(kept).hasContent("precious");
    assertThat(OneStep.of(reads("new").replacing(Replaceable.DIRECTORY)).cycle()).isApplied();
    assertThat(file).hasContent("new");
  }

  @Test
  void neverReplacesASpecialFile() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();

    assertThat(OneStep.of(reads("new").replacing(Replaceable.DIRECTORY)).cycle())
        .isFailed()
        .hasMessageContaining("is neither file nor directory; remove it by hand");
  }
}
