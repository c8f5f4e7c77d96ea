package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceAvailabilityTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final EventRecorder recorder =
      new EventRecorder(time, EventStore.inMemory(10), new LoopThread());
  private final List<Event> events = new ArrayList<>();
  private final SourceAvailability availability = new SourceAvailability("infra", time, recorder);

  @BeforeEach
  void listen() {
    recorder.subscribe(events::add);
  }

  @AfterEach
  void close() {
    recorder.close();
    time.close();
  }

  private List<String> published() {
    time.runUntilIdle();
    return events.stream().map(Event::type).toList();
  }

  @Test
  void publishesOnlyChanges() {
    availability.answered();
    availability.failed("no route", true);
    availability.failed("refused", true);
    availability.answered();
    availability.answered();

    assertThat(published()).containsExactly("source_unreachable", "source_recovered");
    assertThat(events.get(0).field("message")).contains("no route");
  }

  @Test
  void publishesNoFailureWhileClosing() {
    availability.failed("closed", false);

    assertThat(published()).isEmpty();
    assertThat(availability.lastError()).isEqualTo("unavailable: closed");
  }

  @Test
  void saysSinceWhenPollHasNoAnswer() {
    availability.pollBegan();
    time.runFor(Duration.ofSeconds(29));
    assertThat(availability.lastError()).isEmpty();
    time.runFor(Duration.ofSeconds(16));

    assertThat(availability.lastError())
        .isEqualTo("no answer for 45 s: polled since 2025-01-01T00:00:00Z");
    availability.pollEnded();
    assertThat(availability.lastError()).isEmpty();
  }

  @Test
  void countsAsUnavailableAfterLongSilence() {
    availability.pollBegan();
    time.runFor(Duration.ofMinutes(9));
    availability.reportLongSilence();
    assertThat(availability.why()).isEmpty();
    time.runFor(Duration.ofMinutes(1));
    availability.reportLongSilence();
    availability.reportLongSilence();

    assertThat(availability.why()).isEqualTo("no answer for 10 min");
    assertThat(published()).containsExactly("source_unreachable");
    availability.pollEnded();
    availability.answered();
    assertThat(availability.why()).isEmpty();
    assertThat(availability.answeredAt()).contains(time.now());
  }
}
