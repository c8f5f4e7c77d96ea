package dev.fluke.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The scheduler that real programs run on. */
class SystemSchedulerTest {

  @Test
  void whatLetsGoOfSomethingStillRunsAfterTheEnd() throws Exception {
    Scheduler scheduler = Scheduler.system();
    scheduler.close();
    CompletableFuture<String> done = new CompletableFuture<>();

    scheduler.start("last", () -> done.complete(Thread.currentThread().getName()));

    assertThat(scheduler.await(done, Duration.ofSeconds(20))).isTrue();
    assertThat(done.join()).isEqualTo("last");
  }
}
