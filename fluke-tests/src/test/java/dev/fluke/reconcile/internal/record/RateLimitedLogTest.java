package dev.fluke.reconcile.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failures of one piece of foreign code, logged at most once a minute. */
class RateLimitedLogTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final RateLimitedLog log = new RateLimitedLog(time);
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void readTheLog() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreTheLog() {
    System.setErr(stderr);
    time.close();
  }

  private String text() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  @Test
  void warnsAtMostOnceAMinute() {
    log.warn("it failed", new IllegalStateException("first"));
    time.runFor(Duration.ofSeconds(59));
    log.warn("it failed", new IllegalStateException("second"));
    time.runFor(Duration.ofSeconds(1));
    log.warn("it failed", new IllegalStateException("third"));

    assertThat(text())
        .contains(
            "it failed: IllegalStateException: first", "it failed: IllegalStateException: third")
        .doesNotContain("second");
  }

  @Test
  void showsAThrowableThatCannotBeShown() {
    log.warn("it failed", new Unshowable());

    assertThat(text()).contains("it failed: Unshowable");
  }

  /** As hostile code may throw it. */
  private static final class Unshowable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }
}
