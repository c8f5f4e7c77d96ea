package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing waits for time to pass: {@link ClockWaits} says what counts as that. */
class NoClockWaitsTest {

  @Test
  void noTestWaitsForTimeToPass() {
    assertThat(found(Project.testFiles().stream())).isEmpty();
  }

  @Test
  void noMainCodeOutsideTheSeamWaitsForTimeToPass() {
    List<JavaFile> seam =
        Project.mainFiles().stream()
            .filter(file -> file.packageName().equals("dev.fluke.time"))
            .toList();
    assertThat(seam).as("the seam of time").isNotEmpty();

    assertThat(found(Project.mainFiles().stream().filter(file -> !seam.contains(file)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.sleep(50);",
        "TimeUnit.MILLISECONDS.sleep(50);",
        "SECONDS.sleep(1);",
        "none.completeOnTimeout(null, 50, MILLISECONDS).get();",
        "end\n    .orTimeout(5, TimeUnit.SECONDS).join();",
        "CompletableFuture.delayedExecutor(1, SECONDS);",
        "LockSupport.parkNanos(1_000);",
        "new Timer();",
        "latch.await(1, TimeUnit.SECONDS);",
        "if (x) { queue.poll(50, MILLISECONDS); go(); }",
        "process.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);",
        "boolean unused = latch.await(1, TimeUnit.SECONDS);",
        "assertThat(latch.await(1, TimeUnit.SECONDS)).isFalse();",
        "assertThat(queue.poll(1, TimeUnit.SECONDS)).as(\"none\").isNull();",
        "assertFalse(latch.await(1, SECONDS));",
        "assertThatThrownBy(() -> f.get(1, SECONDS)).isInstanceOf(TimeoutException.class);",
        "try { f.get(1, SECONDS); } catch (TimeoutException e) { }",
        "assertThat(future).failsWithin(Duration.ofSeconds(1));",
      })
  void refusesAWaitForTimeToPass(String code) {
    assertThat(ClockWaits.in(file(code))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();",
        "assertThat(answer.get(20, TimeUnit.SECONDS)).isFalse();",
        "done.get(20, TimeUnit.SECONDS);",
        "assertThat(queue.poll(20, TimeUnit.SECONDS)).isEqualTo(1);",
        "if (!process.waitFor(40, TimeUnit.SECONDS)) { throw new AssertionError(); }",
        "while (!is()) { assertThat(now()).isLessThan(end); process.waitFor(20, MILLISECONDS); }",
        "scheduler.sleep(time);",
        "catch (SocketTimeoutException e) {}",
        "// Thread.sleep(50);",
        "say(\"Thread.sleep(50);\");",
      })
  void acceptsABoundOnWhatMustCome(String code) {
    assertThat(ClockWaits.in(file(code))).isEmpty();
  }

  @Test
  void namesFileLineAndCall() {
    assertThat(ClockWaits.in(file("\n\nThread.sleep(50);")))
        .containsExactly("X.java:3: Thread.sleep( waits for time to pass");
  }

  private static List<String> found(Stream<JavaFile> files) {
    return files.flatMap(file -> ClockWaits.in(file).stream()).toList();
  }

  private static JavaFile file(String code) {
    return JavaFile.of("m", false, "X.java", code);
  }
}
