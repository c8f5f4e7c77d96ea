package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private static final Duration WORK = Duration.ofSeconds(10);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<String> begun = new ArrayList<>();
  private final List<String> interrupted = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  /** A ticket for work of 10 s. */
  private ConcurrencyLimit.Ticket requested(ConcurrencyLimit limit, String name) {
    ConcurrencyLimit.Ticket ticket =
        limit.ticket(
            name,
            () -> {
              begun.add(name);
              try {
                time.sleep(WORK);
              } catch (InterruptedException e) {
                interrupted.add(name);
              }
            });
    ticket.request();
    return ticket;
  }

  @Test
  void startsNoMoreAtOnceThanTheLimitAllows() {
    ConcurrencyLimit limit = new ConcurrencyLimit(2, time);
    for (String name : List.of("a", "b", "c", "d", "e")) {
      requested(limit, name);
    }

    time.runFor(Duration.ofSeconds(9));
    assertThat(begun).containsExactlyInAnyOrder("a", "b");
    time.runFor(WORK);
    assertThat(begun).containsExactlyInAnyOrder("a", "b", "c", "d");
    time.runFor(WORK);
    assertThat(begun).hasSize(5);
  }

  @Test
  void startsHurriedTicketNext() {
    ConcurrencyLimit limit = new ConcurrencyLimit(1, time);
    ConcurrencyLimit.Ticket first = requested(limit, "a");
    requested(limit, "b");
    ConcurrencyLimit.Ticket last = requested(limit, "c");

    last.hurry();
    first.hurry(); // runs already
    time.runFor(Duration.ofSeconds(35));

    assertThat(begun).containsExactly("a", "c", "b");
  }

  @Test
  void withdrawsWhatHasAPermitButNoThread() {
    ConcurrencyLimit limit = new ConcurrencyLimit(1, time);
    ConcurrencyLimit.Ticket first = requested(limit, "a");
    requested(limit, "b");

    assertThat(first.withdraw()).isTrue();
    time.runFor(Duration.ofMinutes(1));

    assertThat(begun).containsExactly("b");
    assertThat(limit.free()).isEqualTo(1);
  }

  @Test
  void withdrawsOnlyWhatHasNotBegun() {
    ConcurrencyLimit limit = new ConcurrencyLimit(1, time);
    ConcurrencyLimit.Ticket first = requested(limit, "a");
    ConcurrencyLimit.Ticket second = requested(limit, "b");
    time.runFor(Duration.ofSeconds(1));

    assertThat(first.withdraw()).isFalse();
    assertThat(second.withdraw()).isTrue();
    assertThat(second.withdraw()).as("a second time").isFalse();
    time.runFor(Duration.ofMinutes(1));

    assertThat(begun).containsExactly("a");
  }

  @Test
  void releasesPermitOnceThoughWorkGoesOn() {
    ConcurrencyLimit limit = new ConcurrencyLimit(1, time);
    ConcurrencyLimit.Ticket first = requested(limit, "a");
    requested(limit, "b");
    requested(limit, "c");
    time.runFor(Duration.ofSeconds(1));

    first.release();
    first.release();
    time.runFor(Duration.ofSeconds(1));

    assertThat(begun).containsExactly("a", "b");
  }

  @Test
  void interruptsWorkThatRunsAndNoOther() {
    ConcurrencyLimit limit = new ConcurrencyLimit(1, time);
    ConcurrencyLimit.Ticket first = requested(limit, "a");
    ConcurrencyLimit.Ticket second = requested(limit, "b");
    time.runFor(Duration.ofSeconds(1));

    second.interrupt();
    first.interrupt();
    time.runFor(Duration.ofSeconds(1));

    assertThat(interrupted).containsExactly("a");
    assertThat(begun).as("the permit is free again").containsExactly("a", "b");
  }

  @Test
  void givesPermitBackWhenWorkFails() {
    ConcurrencyLimit limit = new ConcurrencyLimit(1, time);
    limit
        .ticket(
            "fails",
            () -> {
              throw new IllegalStateException("expected by this test");
            })
        .request();
    requested(limit, "b");

    assertThatThrownBy(() -> time.runFor(Duration.ofSeconds(1)))
        .hasRootCauseMessage("expected by this test");
    time.runFor(Duration.ofSeconds(1));

    assertThat(begun).containsExactly("b");
  }
}
