package dev.fluke.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rule-29")
class EventRingTest {

  private static Event event(long sequence, String agent) {
    return of(sequence, "x", agent);
  }

  @Test
  void keepsTheLatestOfEachAgent() {
    EventRing ring = new EventRing(2);
    for (int i = 1; i <= 5; i++) {
      ring.append(List.of(event(i, "a" + i % 2)));
    }
    ring.append(List.of(Event.of(6, Instant.EPOCH, "fleet")));

    assertThat(ring.latest("a1", 10)).extracting(Event::sequence).containsExactly(3L, 5L);
    assertThat(ring.latest("a0", 1)).extracting(Event::sequence).containsExactly(4L);
    assertThat(ring.latest("", 10)).extracting(Event::type).containsExactly("fleet");
    assertThat(ring.latest("nobody", 10)).isEmpty();
  }

  @Test
  void keepsTheLastOfManyThatComeAtOnce() {
    EventRing ring = new EventRing(1);

    ring.append(List.of(event(1, "a"), event(2, "b"), event(3, "a")));

    assertThat(ring.latest("a", 10)).extracting(Event::sequence).containsExactly(3L);
    assertThat(ring.latest("b", 10)).extracting(Event::sequence).containsExactly(2L);
    assertThat(ring.latest("a", 0)).isEmpty();
  }

  @Test
  void returnsACopyThatStays() {
    EventRing ring = new EventRing(2);
    ring.append(List.of(event(1, "a")));
    List<Event> before = ring.latest("a", 10);

    ring.append(List.of(event(2, "a")));

    assertThat(before).extracting(Event::sequence).containsExactly(1L);
  }

  @Test
  void keepsEventsOfRemovedAgentsUntilAHundredOthersAreRemoved() {
    EventRing ring = new EventRing(2);
    for (long i = 0; i <= 100; i++) {
      ring.append(List.of(event(3 * i, "a" + i), removed(3 * i + 1, "a" + i)));
    }
    assertThat(ring.latest("a0", 10)).isEmpty();
    assertThat(ring.latest("a1", 10)).hasSize(2);

    ring.append(List.of(added(400, "a1"), event(401, "a1")));
    for (int i = 200; i < 300; i++) {
      ring.append(List.of(removed(i, "a" + i)));
    }

    assertThat(ring.latest("a2", 10)).isEmpty();
    assertThat(ring.latest("a1", 10)).as("added again").hasSize(2);
  }

  @Test
  void keepsWhatComesAfterItForgotAnAgentOnlyForAWhile() {
    EventRing ring = new EventRing(2);
    for (int i = 0; i <= 100; i++) {
      ring.append(List.of(removed(i, "a" + i)));
    }
    ring.append(List.of(event(200, "a0")));
    assertThat(ring.latest("a0", 10)).hasSize(1);

    for (int i = 300; i < 400; i++) {
      ring.append(List.of(removed(i, "b" + i)));
    }

    assertThat(ring.latest("a0", 10)).isEmpty();
  }

  private static Event removed(long sequence, String agent) {
    return of(sequence, EventTypes.AGENT_REMOVED, agent);
  }

  private static Event added(long sequence, String agent) {
    return of(sequence, EventTypes.AGENT_ADDED, agent);
  }

  private static Event of(long sequence, String type, String agent) {
    return Event.of(sequence, Instant.EPOCH, type).with("agent", Map.of("name", agent));
  }

  @Test
  void refusesToKeepNothing() {
    assertThatThrownBy(() -> EventStore.inMemory(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("events per agent is 0, must be at least 1");
  }
}
