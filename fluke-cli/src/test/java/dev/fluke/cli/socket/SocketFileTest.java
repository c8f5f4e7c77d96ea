package dev.fluke.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketFileTest {
  @TempDir Path dir;
  private Path path;

  @BeforeEach
  void choose() {
    path = dir.resolve("run/s");
  }

  private SocketFile claim() throws IOException {
    return SocketFile.claim(path, Optional.empty());
  }

  private ServerSocketChannel listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return server;
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void lendsThePlaceToOneAtATime() throws Exception {
    try (SocketFile first = claim()) {
      assertThat(first.path()).isEqualTo(path);
      assertThatThrownBy(this::claim)
          .hasMessage("another daemon runs at %s; stop it, or set another path".formatted(path));
    }
    claim().close();
  }

  @Test
  void closesTheSocketToOthers() throws Exception {
    try (SocketFile file = claim();
        ServerSocketChannel server = listen()) {
      Files.setAttribute(path, "unix:mode", 0777);
      file.open();

      assertThat(mode(path)).isEqualTo("rw-------");
      assertThat(mode(path.getParent())).isEqualTo("rwx------");
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void opensTheSocketToAGroup() throws Exception {
    try (SocketFile file = SocketFile.claim(path, Optional.of("adm"));
        ServerSocketChannel server = listen()) {
      file.open();

      assertThat(mode(path)).isEqualTo("rw-rw----");
      assertThat(mode(path.getParent())).isEqualTo("rwxr-x---");
      assertThat(Files.getAttribute(path, "unix:group")).hasToString("adm");
      assertThat(server.isOpen()).isTrue();
    }
    assertThatThrownBy(() -> SocketFile.claim(path, Optional.of("no-such-group")))
        .hasMessage(
            "this machine has no group 'no-such-group'; correct 'socket_group', or create the group");
  }

  @Test
  void removesASocketThatADeadProcessLeft() throws Exception {
    Files.createDirectory(path.getParent());
    listen().close();
    assertThat(path).exists();

    claim().close();

    assertThat(path).doesNotExist();
  }

  @Test
  void keepsASocketAtWhichSomebodyListens() throws Exception {
    Files.createDirectory(path.getParent());
    try (ServerSocketChannel live = listen()) {
      assertThatThrownBy(this::claim).hasMessageContaining("another daemon runs at " + path);
      assertThat(live.isOpen()).isTrue();
      assertThat(path).exists();
    }
  }

  @Test
  void keepsEveryOtherKindOfFile() throws Exception {
    Files.createDirectory(path.getParent());
    Path file = Files.writeString(dir.resolve("file"), "kept");
    for (String kind : new String[] {"file", "directory", "link", "pipe"}) {
      switch (kind) {
        case "file" -> Files.writeString(path, "kept");
        case "directory" -> Files.createDirectory(path);
        case "link" -> Files.createSymbolicLink(path, file);
        default -> new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
      }
      assertThatThrownBy(this::claim).as(kind).hasMessageContaining(path + " is not a socket");
      assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
      Files.delete(path);
    }
    assertThat(file).hasContent("kept");
  }

  @Test
  void followsNoLinkToItsLock() throws Exception {
    Files.createDirectory(path.getParent());
    Path file = dir.resolve("file");
    Files.createSymbolicLink(path.resolveSibling("s.lock"), file);

    assertThatThrownBy(this::claim).isInstanceOf(IOException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesALongPathBehindALink() throws Exception {
    Path deep = Files.createDirectories(dir.resolve("d".repeat(60)).resolve("e".repeat(40)));
    Path link = Files.createSymbolicLink(dir.resolve("link"), deep);
    path = link.resolve("run/s");

    assertThatThrownBy(this::claim).hasMessageContaining("a Unix socket allows at most 107");
  }
}
