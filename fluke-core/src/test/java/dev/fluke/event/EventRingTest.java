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
    return Event.of(sequence, Instant.EPOCH, "x").with("agent", Map.of("name", agent));
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
  void refusesToKeepNothing() {
    assertThatThrownBy(() -> EventStore.inMemory(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("events per agent is 0, must be at least 1");
  }
}
