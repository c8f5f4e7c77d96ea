package dev.fluke.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedWayTest {
  @TempDir Path dir;
  private Path above;
  private Path directory;

  @BeforeEach
  void create() throws Exception {
    mode(dir, 0755); // nothing is out of reach of others
    above = Files.createDirectory(dir.resolve("above"));
    directory = Files.createDirectory(above.resolve("directory"));
  }

  private static void mode(Path path, int mode) throws Exception {
    Files.setAttribute(path, "unix:mode", mode);
  }

  private static void chown(Path link) throws Exception {
    String owner = String.valueOf(AnotherUser.STRANGER.number());
    new ProcessBuilder("chown", "-h", owner, link.toString()).start().waitFor();
  }

  @Test
  void trustsDirectoriesOfRootAndThisUser() throws Exception {
    assertThat(TrustedWay.problem(directory)).isEmpty();
    mode(above, 01777);
    assertThat(TrustedWay.problem(directory)).isEmpty();
  }

  @Test
  void refusesDirectoriesInWhichOthersCanWrite() throws Exception {
    for (int mode : new int[] {0777, 0775, 0757}) {
      mode(above, mode);
      assertThat(TrustedWay.problem(directory)).contains("other users can write in " + above);
    }
    mode(above, 0755);
    mode(directory, 0777);
    assertThat(TrustedWay.problem(directory)).contains("other users can write in " + directory);
  }

  @Test
  void refusesDirectoriesOfOthers() throws Exception {
    Files.setAttribute(above, "unix:uid", AnotherUser.STRANGER.number());

    assertThat(TrustedWay.problem(directory)).contains(above + " belongs to '64711'");
  }

  @Test
  void trustsWhatOthersCantReach() throws Exception {
    mode(above, 0777);
    mode(dir, 0700);

    assertThat(TrustedWay.problem(directory)).isEmpty();
  }

  @Test
  void looksAtLinksAndWhereTheyLead() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), above);
    assertThat(TrustedWay.problem(link.resolve("directory"))).isEmpty();

    mode(above, 0777);
    assertThat(TrustedWay.problem(link.resolve("directory"))).isPresent();

    mode(above, 0755);
    chown(link);
    assertThat(TrustedWay.problem(link.resolve("directory")))
        .isEqualTo(Optional.of(link + " belongs to '64711'"));
  }
}
