package dev.fluke.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketDirectoryTest {
  private static final Set<String> NAMES = Set.of("s", "s.lock");

  @TempDir Path dir;
  private Path path;

  @BeforeEach
  void openTheWay() throws Exception {
    Files.setAttribute(dir, "unix:mode", 0755);
    path = dir.resolve("a/b");
  }

  private static SocketDirectory prepare(Path path) throws IOException {
    return SocketDirectory.prepare(path, NAMES, Optional.empty());
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void createsDirectoriesThatOnlyThisUserCanEnter() throws Exception {
    assertThat(prepare(path).path()).isEqualTo(path.toRealPath());

    assertThat(mode(path)).isEqualTo("rwx------");
    assertThat(mode(dir.resolve("a"))).isEqualTo("rwx------");
  }

  @Test
  void closesADirectoryThatHoldsOnlyTheSocket() throws Exception {
    Files.createDirectories(path);
    Files.createFile(path.resolve("s.lock"));
    Files.setAttribute(path, "unix:mode", 0755);

    prepare(path);

    assertThat(mode(path)).isEqualTo("rwx------");
  }

  @Test
  void leavesADirectoryAloneThatHoldsOtherFiles() throws Exception {
    Files.createDirectories(path);
    Files.createFile(path.resolve("other"));
    Files.setAttribute(path, "unix:mode", 0755);

    assertThatThrownBy(() -> prepare(path))
        .hasMessage(
            "%s has the mode rwxr-xr-x and holds other files; it must be rwx------: use a directory of its own"
                .formatted(path));
    assertThat(mode(path)).isEqualTo("rwxr-xr-x");

    Files.setAttribute(path, "unix:mode", 0700);
    prepare(path);
  }

  @Test
  void refusesDirectoriesThatOthersMade() throws Exception {
    Files.createDirectories(path);
    Files.setAttribute(path, "unix:uid", AnotherUser.STRANGER.number());
    assertThatThrownBy(() -> prepare(path)).hasMessageContaining(path + " belongs to '64711'");
  }

  @Test
  void refusesDirectoriesInWhichOthersCanWrite() throws Exception {
    Files.createDirectories(path);
    Files.setAttribute(path, "unix:mode", 0777);
    assertThatThrownBy(() -> prepare(path))
        .hasMessageContaining("other users can write in " + path);
  }

  @Test
  void refusesLinksAndFiles() throws Exception {
    Path link =
        Files.createSymbolicLink(dir.resolve("link"), Files.createDirectory(path.getParent()));
    assertThatThrownBy(() -> prepare(link)).hasMessage(link + " is not a directory; remove it");

    Path file = Files.createFile(dir.resolve("file"));
    assertThatThrownBy(() -> prepare(file)).hasMessageContaining(file + " is not a directory");
    assertThatThrownBy(() -> prepare(file.resolve("below"))).isInstanceOf(IOException.class);
  }

  @Test
  void letsTheGroupInAtTheEnd() throws Exception {
    GroupPrincipal group =
        dir.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("adm");

    SocketDirectory directory = SocketDirectory.prepare(path, NAMES, Optional.of(group));
    assertThat(mode(path)).isEqualTo("rwx------");
    directory.open();

    assertThat(mode(path)).isEqualTo("rwxr-x---");
    assertThat(Files.readAttributes(path, PosixFileAttributes.class).group()).isEqualTo(group);
  }
}
