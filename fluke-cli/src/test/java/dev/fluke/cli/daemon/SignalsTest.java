package dev.fluke.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SignalsTest {

  @Test
  void runsTheActionAtTheSignal() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Signals.on("USR2", arrived::countDown);

    Process kill =
        new ProcessBuilder("kill", "-USR2", String.valueOf(ProcessHandle.current().pid())).start();

    assertThat(kill.waitFor()).isZero();
    arrived.await();
    assertThat(arrived.getCount()).isZero();
  }

  @Test
  void rejectsASignalThatDoesNotExist() {
    assertThatThrownBy(() -> Signals.on("NONE", () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("can't handle the signal NONE: ");
  }
}
