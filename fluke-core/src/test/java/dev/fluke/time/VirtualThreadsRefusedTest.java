package dev.fluke.time;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Which Java lets Fluke use virtual threads. */
class VirtualThreadsRefusedTest {
  @Test
  void refusesVirtualThreadsBeforeJava24() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualThreads.requireUsable(23))
        .withMessageContainingAll("hold their carrier", "on Java 23", "use Java 24 or later");
    assertThatCode(() -> VirtualThreads.requireUsable(24)).doesNotThrowAnyException();
  }
}
