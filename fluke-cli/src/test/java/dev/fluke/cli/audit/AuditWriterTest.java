package dev.fluke.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditWriterTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<String> disk = new ArrayList<>();
  private CompletableFuture<Boolean> hangs = CompletableFuture.completedFuture(true);
  private boolean isFull;

  private final AuditWriter writer =
      new AuditWriter(Path.of("/audit"), new Disk(), time, gap -> "lost " + gap.lost() + "\n");

  /** A disk that can be full, or hang. */
  private final class Disk implements AuditWriter.Appender {
    @Override
    public void append(String lines) throws IOException {
      time.awaitUninterruptibly(hangs, Duration.ofDays(1));
      if (isFull) {
        throw new IOException("No space left on device");
      }
      disk.add(lines);
    }

    @Override
    public void close() {
      disk.add("closed");
    }
  }

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void returnsOnceALineIsOnTheDisk() throws Exception {
    writer.write("one\n");
    writer.keep("two\n");
    writer.keep("three\n");
    writer.flush();

    assertThat(disk).containsExactly("one\n", "two\nthree\n");
  }

  @Test
  void closesTheFileBeforeItOpensItAgain() {
    writer.reopen();
    writer.flush();

    assertThat(disk).containsExactly("closed", "");
  }

  @Test
  void keepsThousandLinesWhileTheDiskIsFull() throws Exception {
    isFull = true;
    assertThatThrownBy(() -> writer.write("refused\n")).hasMessage("No space left on device");
    for (int i = 0; i < 1_200; i++) {
      writer.keep(i + "\n");
      writer.flush();
    }
    time.runFor(Duration.ofMinutes(1));
    assertThat(writer.gap().orElseThrow().lost()).isEqualTo(200);

    isFull = false;
    time.runFor(Duration.ofSeconds(6));

    assertThat(writer.gap()).isEmpty();
    assertThat(String.join("", disk)).startsWith("0\n1\n").endsWith("999\nlost 200\n");
  }

  @Test
  void waitsFiveSecondsForADiskThatHangs() throws Exception {
    hangs = new CompletableFuture<>();
    long start = time.nanoTime();

    assertThatThrownBy(() -> writer.write("one\n")).hasMessage("the disk has not answered for 5 s");
    assertThat(Duration.ofNanos(time.nanoTime() - start)).isEqualTo(Duration.ofSeconds(5));
    for (int i = 0; i < 5_000; i++) {
      assertThatThrownBy(() -> writer.write("two\n")).isInstanceOf(IOException.class);
      writer.keep("kept\n");
    }
    assertThat(Duration.ofNanos(time.nanoTime() - start)).isEqualTo(Duration.ofSeconds(5));
    assertThat(writer.gap().orElseThrow().error()).isEqualTo("the disk has not answered for 5 s");

    hangs.complete(true);
    time.runFor(Duration.ofSeconds(6));

    assertThat(writer.gap()).isEmpty();
    writer.write("three\n");
    assertThat(String.join("", disk).lines()).hasSize(1 + 1_000 + 1).endsWith("three");
  }
}
