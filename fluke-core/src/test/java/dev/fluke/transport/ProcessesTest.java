package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ending processes, also where nobody asks after those that ended. */
class ProcessesTest {
  private final Scheduler scheduler = Scheduler.system();

  @Tag("rule-6")
  @Tag("R30")
  @Test
  void aProcessThatNobodyAsksAfterIsGoneOnceItEnded() throws Exception {
    // the second sleep is the parent of the first, and a sleep asks after no child
    Process parent = shell("trap '' TERM; sleep 3641 & echo $!; exec sleep 3642");
    ProcessHandle child = ProcessHandle.of(Long.parseLong(firstLine(parent))).orElseThrow();
    try {
      assertThat(Processes.isGone(child)).isFalse();
      assertThat(Processes.end(List.of(child), Duration.ofMillis(50), scheduler)).isTrue();
      assertThat(child.isAlive()).as("for the JVM, a zombie is alive").isTrue();
      assertThat(Processes.isGone(child)).isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void oneThatIgnoresTermIsKilledAfterTheGraceAndAtOnceIfInterrupted() throws Exception {
    for (boolean interrupted : new boolean[] {false, true}) {
      Process stubborn = shell("trap '' TERM; echo ready; exec sleep 3643");
      assertThat(firstLine(stubborn)).isEqualTo("ready");
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      Duration grace = interrupted ? Duration.ofHours(1) : Duration.ofMillis(50);

      assertThat(Processes.end(List.of(stubborn.toHandle()), grace, scheduler)).isTrue();
      assertThat(Thread.interrupted()).isEqualTo(interrupted);
    }
  }

  private static Process shell(String script) throws Exception {
    return new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
  }

  private static String firstLine(Process process) throws Exception {
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return reader.readLine();
  }
}
