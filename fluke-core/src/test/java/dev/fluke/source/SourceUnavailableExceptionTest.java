package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each part of the exception survives the others. */
class SourceUnavailableExceptionTest {

  @Test
  void keepsReasonCauseAndWaitInAnyOrder() {
    IOException cause = new IOException("reset");
    Duration wait = Duration.ofMinutes(7);
    SourceUnavailableException one =
        SourceUnavailableException.because("the server is busy").causedBy(cause).retryAfter(wait);
    SourceUnavailableException other =
        SourceUnavailableException.because("the server is busy").retryAfter(wait).causedBy(cause);

    for (SourceUnavailableException each : new SourceUnavailableException[] {one, other}) {
      assertThat(each).hasMessage("the server is busy").hasCause(cause);
      assertThat(each.retryAfter()).contains(wait);
    }
  }

  @Test
  void hasNeitherCauseNorWaitUnlessGiven() {
    SourceUnavailableException bare = SourceUnavailableException.because("gone");

    assertThat(bare).hasNoCause();
    assertThat(bare.retryAfter()).isEmpty();
  }
}
