package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateDirectoryTest {
  private static final Pattern OURS = Pattern.compile("lock|mirror");

  private @TempDir Path dir;

  private static String permissions(Path file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void createsDirectoriesForNobodyElse() throws Exception {
    PrivateDirectory.prepare(dir.resolve("a/b"), OURS);

    assertThat(permissions(dir.resolve("a"))).isEqualTo("rwx------");
    assertThat(permissions(dir.resolve("a/b"))).isEqualTo("rwx------");
    assertThat(PrivateDirectory.isOne(dir.resolve("a/b"))).isTrue();
  }

  @Test
  void closesADirectoryWithNothingButItsOwnFiles() throws Exception {
    Path open = Files.createDirectory(dir.resolve("open"));
    Files.createFile(open.resolve("lock"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
    assertThat(PrivateDirectory.isOne(open)).isFalse();

    PrivateDirectory.prepare(open, OURS);

    assertThat(permissions(open)).isEqualTo("rwx------");
  }

  @Test
  void refusesAnOpenDirectoryWithOtherFiles() throws Exception {
    Path open = Files.createDirectory(dir.resolve("open"));
    Files.createFile(open.resolve("other"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> PrivateDirectory.prepare(open, OURS))
        .hasMessage(
            "the mirror directory %s is open to other users and has other files in it; name one of"
                + " its own",
            open);
    assertThat(permissions(open)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void refusesALinkAndAFile() throws Exception {
    Path target = Files.createDirectory(dir.resolve("target"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), target);
    Path dangling = Files.createSymbolicLink(dir.resolve("dangling"), dir.resolve("none"));
    Path file = Files.createFile(dir.resolve("file"));

    for (Path each : new Path[] {link, dangling}) {
      assertThatThrownBy(() -> PrivateDirectory.prepare(each, OURS))
          .hasMessage(
              "the mirror directory %s is a link; name the directory that it leads to", each);
      assertThat(PrivateDirectory.isOne(each)).isFalse();
    }
    assertThatThrownBy(() -> PrivateDirectory.prepare(file, OURS))
        .hasMessage("the mirror directory %s is not a directory", file);
  }

  @Test
  void refusesADirectoryOfSomebodyElse() throws Exception {
    Path others = Path.of("/usr"); // of root
    if ("root".equals(System.getProperty("user.name"))) {
      others = Files.createDirectory(dir.resolve("given"));
      Files.setAttribute(others, "unix:uid", 65534);
    }
    Path refused = others;

    assertThatThrownBy(() -> PrivateDirectory.prepare(refused, OURS))
        .hasMessageContaining("only a directory of the user that runs Fluke is used");
  }
}
