package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.ssh.CuttingProxy.Fault;
import dev.fluke.ssh.CuttingProxy.Way;
import dev.fluke.transport.UnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that accept the connection and do not speak SSH, or leave before the login. */
@Tag("slow")
class SshConnectorTest {
  @RegisterExtension static final Lab lab = new Lab();
  private static final Duration LIMIT = Duration.ofMillis(800);

  private Ssh at(int port) {
    return lab.server()
        .ssh()
        .port(port)
        .hostKey(lab.server().fingerprint())
        .connectingWithin(LIMIT)
        .loggingInWithin(LIMIT);
  }

  private UnreachableException refusedInTime(Ssh ssh) throws Exception {
    long start = System.nanoTime();
    UnreachableException e = lab.refused(ssh);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    assertThat(e.isLoginRefused()).as("a refused login: %s", e.getMessage()).isFalse();
    return e;
  }

  /** Sends each client this text so many times, and then nothing. */
  private static CompletableFuture<?> saying(ServerSocket door, String text, int times) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Lab.aside(
        () -> {
          while (true) {
            Socket one = lab.opened(door.accept());
            try {
              OutputStream out = one.getOutputStream();
              for (int i = 0; i < times; i++) {
                out.write(bytes);
              }
            } catch (IOException e) {
              // the client had enough
            }
          }
        });
  }

  @Tag("T01")
  @Test
  void givesUpABlackHole() throws Exception {
    try (FullDoor door = new FullDoor()) {
      assertThat(refusedInTime(at(door.port()))).hasMessageStartingWith("connect: ");
    }
  }

  @Tag("T02")
  @Test
  void givesUpAServerWithoutABanner() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      assertThat(refusedInTime(at(door.getLocalPort()))).hasMessageStartingWith("handshake: ");
    }
  }

  @Tag("T02")
  @Test
  void givesUpABannerOfGarbage() throws Exception {
    for (String garbage : new String[] {"\0\1\2\377garbage", "line\n", "SSH-2.0-"}) {
      try (ServerSocket door = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
        CompletableFuture<?> speaker = saying(door, garbage.repeat(1024), 1024);
        UnreachableException e = refusedInTime(at(door.getLocalPort()));
        assertThat(e).hasMessageStartingWith("handshake: ");
        assertThat(speaker).isNotDone();
        assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\0", "\n");
      }
    }
  }

  @Tag("T02")
  @Test
  void givesUpABannerThatDrips() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      CompletableFuture<?> speaker =
          Lab.aside(
              () -> {
                Socket one = lab.opened(door.accept());
                while (true) {
                  one.getOutputStream().write("x\n".getBytes(StandardCharsets.UTF_8));
                  one.getOutputStream().flush();
                  Waiting.pause(Duration.ofMillis(50));
                }
              });
      assertThat(refusedInTime(at(door.getLocalPort()))).hasMessageStartingWith("handshake: ");
      lab.until("it hears that nobody listens", speaker::isCompletedExceptionally);
    }
  }

  @Tag("T02")
  @Test
  void givesUpAServerThatLeavesBeforeTheLogin() throws Exception {
    Fault[] faults = {Fault.RESET, Fault.CLOSE, Fault.SILENCE};
    int[] bytes = {10, 500, 1300};
    for (int i = 0; i < faults.length; i++) {
      CuttingProxy proxy = lab.proxy();
      proxy.cutsEach(bytes[i], Way.DOWN, faults[i]);
      assertThat(refusedInTime(at(proxy.port)))
          .as("%s at %s", faults[i], bytes[i])
          .hasMessageStartingWith("handshake: ");
    }
  }
}
