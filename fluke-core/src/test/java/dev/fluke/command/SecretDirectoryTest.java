package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("Z02")
class SecretDirectoryTest {
  @TempDir Path dir;
  private Path secrets;

  @BeforeEach
  void create() throws Exception {
    secrets = Files.createDirectory(dir.resolve("secrets"));
    Files.writeString(dir.resolve("outside"), "canary-outside");
  }

  private void write(String name, String text) throws Exception {
    Path file = Files.writeString(secrets.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private String read(String name) throws Exception {
    return SecretSource.directory(secrets).secret(name).orElseThrow().reveal();
  }

  @Test
  void readsAFileWithoutTheLineBreakAtItsEnd() throws Exception {
    write("a", "canary-a\n");
    write("b", "canary\n-b\n\n");
    write("c", "canary-c\r\n");
    write("d", " canary-d ");

    assertThat(read("a")).isEqualTo("canary-a");
    assertThat(read("b")).isEqualTo("canary\n-b\n");
    assertThat(read("c")).isEqualTo("canary-c");
    assertThat(read("d")).isEqualTo(" canary-d ");
    assertThat(SecretSource.directory(secrets).secret("e")).isEmpty();
    assertThat(SecretSource.directory(secrets).names())
        .containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void readsTheFileAgainEachTime() throws Exception {
    SecretSource source = SecretSource.directory(secrets);
    write("a", "canary-1");
    assertThat(source.secret("a").orElseThrow().reveal()).isEqualTo("canary-1");
    write("a", "canary-2");

    assertThat(source.secret("a").orElseThrow().reveal()).isEqualTo("canary-2");
  }

  @Test
  void followsALinkWithinTheDirectoryAndNoneOutOfIt() throws Exception {
    Files.createDirectory(secrets.resolve("..data"));
    write("..data/in", "canary-in");
    Files.createSymbolicLink(secrets.resolve("in"), Path.of("..data/in"));
    Files.createSymbolicLink(secrets.resolve("out"), Path.of("../outside"));
    Files.createSymbolicLink(secrets.resolve("passwd"), Path.of("/etc/passwd"));

    assertThat(read("in")).isEqualTo("canary-in");
    for (String out : new String[] {"out", "passwd"}) {
      assertThatThrownBy(() -> read(out))
          .hasMessage(
              "the secret '%s' in %s is a link that leads out of the directory"
                  .formatted(out, secrets));
    }
    for (String path : new String[] {"../outside", "/etc/passwd", "..", ".", "..data/in"}) {
      assertThatThrownBy(() -> read(path)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesWhatIsNoTextFileOfModestLength() throws Exception {
    write("long", "x".repeat(64 * 1024 + 1));
    write("bytes", "");
    Files.write(secrets.resolve("bytes"), new byte[] {(byte) 0xff, 'c', 'a', 'n', 'a', 'r', 'y'});
    Files.createDirectory(secrets.resolve("directory"));
    new ProcessBuilder("mkfifo", secrets.resolve("pipe").toString()).start().waitFor();

    assertThatThrownBy(() -> read("long")).hasMessageEndingWith("is longer than 64 KiB");
    assertThatThrownBy(() -> read("bytes")).hasMessageEndingWith("is not UTF-8");
    assertThatThrownBy(() -> read("directory")).hasMessageEndingWith("is not a regular file");
    assertThatThrownBy(() -> read("pipe")).hasMessageEndingWith("is not a regular file");
  }

  @Tag("Z08")
  @Test
  void refusesAFileThatOthersCanReadOrReplace() throws Exception {
    write("a", "canary-a");
    SecretSource source = SecretSource.directory(secrets);
    Path file = secrets.resolve("a").toRealPath();
    Path directory = secrets.toRealPath();
    assertThat(source.secret("a")).isPresent();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> source.secret("a"))
        .hasMessage(
            "the secret 'a' in %s is not protected: %s can be read by others (mode 0644); run chmod 600 %s"
                .formatted(secrets, file, file));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(source.secret("a")).isPresent();

    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> source.secret("a"))
        .hasMessage(
            "the secret 'a' in %s is not protected: %s can be written by others (mode 0777); run chmod go-w %s"
                .formatted(secrets, directory, directory));
  }

  @Test
  void lacksNothingWhileTheDirectoryIsMissing() {
    SecretSource missing = SecretSource.directory(dir.resolve("later"));

    assertThatThrownBy(() -> missing.secret("a"))
        .hasMessageEndingWith("can't be read: NoSuchFileException");
    assertThat(missing).hasToString("files in " + dir.resolve("later"));
  }
}
