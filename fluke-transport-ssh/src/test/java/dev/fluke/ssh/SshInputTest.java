package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SshInputTest {
  @Test
  void sendsAllBytesInPacketsOf32000() throws Exception {
    List<Integer> packets = new ArrayList<>();
    ByteArrayOutputStream sent =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            packets.add(length);
            super.write(bytes, from, length);
          }
        };
    byte[] bytes = new byte[70_000];
    bytes[69_999] = 9;

    new SshInput(sent).write(bytes);

    assertThat(sent.toByteArray()).isEqualTo(bytes);
    assertThat(packets).containsExactly(32_000, 32_000, 6_000);
  }

  @Test
  void sendsNothingOnceTheChannelEnds() throws Exception {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    for (boolean here : new boolean[] {true, false}) {
      SshInput input = new SshInput(sent);
      if (here) {
        input.closingHere();
      } else {
        input.closedByHost();
      }

      assertThatThrownBy(() -> input.write(new byte[] {1}))
          .isInstanceOf(IOException.class)
          .hasMessage("the shell has ended and takes no input");
    }
    assertThat(sent.size()).isZero();
  }

  /** A write that the host does not take is left behind; its next packet is not sent. */
  @Test
  void stopsAWriteThatIsUnderWayAfterItsPacket() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch taken = new CountDownLatch(1);
    List<Integer> packets = new ArrayList<>();
    SshInput input =
        new SshInput(
            new OutputStream() {
              @Override
              public void write(int one) {}

              @Override
              public void write(byte[] bytes, int from, int length) throws IOException {
                packets.add(length);
                writing.countDown();
                try {
                  taken.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
              }
            });
    CompletableFuture<Object> write =
        Lab.aside(
            () -> {
              input.write(new byte[70_000]);
              return "all";
            });
    writing.await();

    input.closingHere();
    taken.countDown();

    assertThatThrownBy(() -> Waiting.result(write))
        .hasRootCauseMessage("the shell has ended and takes no input");
    assertThat(packets).containsExactly(32_000);
  }

  @Test
  void keepsTheInterruptOfTheThreadThatCloses() {
    Thread.currentThread().interrupt();

    new SshInput(new ByteArrayOutputStream()).closingHere();

    assertThat(Thread.interrupted()).isTrue();
  }
}
