package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.onhost.OneStep;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories on which something is mounted, from the same file system. */
@Tag("slow")
class FileMountTest {
  @TempDir Path dir;
  private Path elsewhere;
  private Path point;

  @BeforeEach
  void prepare() throws Exception {
    elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    point = Files.createDirectories(dir.resolve("app/a mount \\ point"));
    Files.writeString(elsewhere.resolve("db"), "precious");
  }

  private static void mount(Path from, Path onto) throws Exception {
    assertThat(new ProcessBuilder("mount", "--bind", "" + from, "" + onto).start().waitFor())
        .isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    assertThat(new ProcessBuilder("umount", point.toString()).start().waitFor()).isZero();
  }

  @Test
  void removesNoDirectoryWithAMountInIt() throws Exception {
    mount(elsewhere, point);
    Path kept = Files.writeString(dir.resolve("app/kept"), "kept");
    ManagedFile.Place app = ManagedFile.at(dir + "/app");

    for (ManagedFile file : new ManagedFile[] {app.content("x"), app.absent()}) {
      assertThat(OneStep.of(file.replacing(Replaceable.DIRECTORY)).cycle())
          .isFailed()
          .hasMessageContaining("a file system is mounted on " + dir + "/app/a");
    }
    assertThat(elsewhere.resolve("db")).hasContent("precious");
    assertThat(kept).as("refused before anything is removed").hasContent("kept");
    assertThat(dir.resolve("app")).isDirectoryContaining(only -> only.equals(point));
  }

  @Test
  void crossesNoMountThatIsMadeWhileItRemoves() throws Exception {
    Files.writeString(dir.resolve("app/file"), "x");
    Path programs = Files.createDirectory(dir.resolve("programs"));
    Path rm = programs.resolve("rm");
    Files.writeString(
        rm,
        """
        #!/bin/sh
        umask 077
        mkdir '%s/once' 2>/dev/null && mount --bind '%s' '%s'
        exec /bin/rm "$@"
        """
            .formatted(programs, elsewhere, point));
    assertThat(rm.toFile().setExecutable(true)).isTrue();
    ManagedFile app = ManagedFile.at(dir + "/app").absent().replacing(Replaceable.DIRECTORY);

    assertThat(OneStep.of(app).path("" + programs).cycle())
        .isFailed()
        .hasMessageContaining("a file system is mounted on a mount");

    assertThat(programs.resolve("once")).exists();
    assertThat(elsewhere.resolve("db")).hasContent("precious");
  }

  @Test
  void writesIntoAFileThatCannotBeReplacedUnlessItIsSecret() throws Exception {
    Files.delete(point);
    Files.createFile(point);
    mount(elsewhere.resolve("db"), point);
    ManagedFile.Place file = ManagedFile.at(point.toString());

    assertThat(OneStep.of(file.content(Secret.of("canary\n"))).cycle())
        .isFailed()
        .hasMessageContaining("can't be replaced by a new file")
        .hasMessageContaining("busy");
    assertThat(elsewhere.resolve("db")).hasContent("precious");

    assertThat(OneStep.of(file.absent()).cycle())
        .isFailed()
        .hasMessageContaining("a file system is mounted on " + dir + "/app/a");

    assertThat(OneStep.of(file.content("new\n").mode("0640")).cycle()).isApplied();
    assertThat(elsewhere.resolve("db")).hasContent("new\n");
    assertThat(point.getParent()).isDirectoryContaining(only -> only.equals(point));
  }
}
