package dev.fluke.cli.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalUserTest {
  @TempDir Path dir;

  @Test
  void knowsTheUserOfThisProcess() throws Exception {
    Path made = Files.createFile(dir.resolve("made"));

    assertThat(LocalUser.self()).isEqualTo(Files.getOwner(made));
    assertThat(LocalUser.selfAndRoot()).contains(LocalUser.self(), LocalUser.root());
  }

  @Test
  void knowsRootByItsNumber() throws Exception {
    assertThat(LocalUser.root()).isEqualTo(Files.getOwner(Path.of("/etc/passwd")));
  }

  @Test
  void knowsWhoIsAtBothEndsOfASocket() throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(dir.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      try (SocketChannel client = SocketChannel.open(address);
          SocketChannel accepted = server.accept()) {
        assertThat(LocalUser.peer(client)).isEqualTo(LocalUser.self());
        assertThat(LocalUser.peer(accepted)).isEqualTo(LocalUser.self());
      }
    }
  }

  @Test
  void showsTheNumberOfAUserWithoutAName() throws Exception {
    Path file = Files.createFile(dir.resolve("theirs"));
    Files.setAttribute(file, "unix:uid", 64_711);
    assertThat(LocalUser.name(Files.getOwner(file))).isEqualTo("64711");

    UserPrincipal large =
        file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("-294967296");
    assertThat(LocalUser.name(large)).isEqualTo("4000000000");
  }
}
