package dev.fluke.reconcile.internal.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("rule-27")
class DeliveryQueueTest {
  private static Alert alert(int number) {
    Event event = Event.of(0, Instant.EPOCH, "drift_detected");
    return Alert.of(event, "id " + number, "key " + number, false);
  }

  private static DeliveryQueue.Item next(DeliveryQueue owed) {
    DeliveryQueue.Item item = owed.next(0);
    if (item == null) {
      throw new AssertionError("nothing is owed");
    }
    return item;
  }

  @Test
  @Timeout(60)
  void keepsLatest50000AndDropsRefusedFirst() {
    DeliveryQueue owed = new DeliveryQueue();
    for (int i = 0; i < 60_000; i++) {
      owed.add(i, true, alert(i));
    }
    assertThat(owed.size()).isEqualTo(50_000);
    assertThat(owed.dropped()).isEqualTo(10_000);
    assertThat(next(owed).alert().id()).isEqualTo("id 10000");

    DeliveryQueue refused = new DeliveryQueue();
    for (int i = 0; i < 50_000; i++) {
      refused.add(i, true, alert(i));
      refused.refused(next(refused), 1_000);
    }
    for (int i = 50_000; i < 60_000; i++) {
      refused.add(i, true, alert(i));
    }
    assertThat(refused.size()).isEqualTo(50_000);
    assertThat(refused.dropped()).isEqualTo(10_000);
    DeliveryQueue.Item other = next(refused);
    assertThat(other.alert().id()).as("others go on").isEqualTo("id 50000");
    refused.delivered(other);
    assertThat(refused.next(1_000)).extracting(item -> item.alert().id()).isEqualTo("id 10000");
  }

  @Test
  @Timeout(60)
  void leavesNothingWhenForgottenInAnyOrder() {
    DeliveryQueue owed = new DeliveryQueue();
    for (int i = 0; i < 50_000; i++) {
      owed.add(i, true, alert(i));
      if (i % 2 == 0) {
        owed.refused(next(owed), i);
      }
    }
    for (int i = 49_999; i >= 0; i--) {
      assertThat(owed.forgetUnheard(i)).isTrue();
    }

    assertThat(owed.isEmpty()).isTrue();
    assertThat(owed.isRefusing()).isFalse();
    assertThat(owed.next(1_000_000)).isNull();
    assertThat(owed.untilReady(0)).isEmpty();
  }

  private static Alert alert(String id, String key) {
    return Alert.of(Event.of(0, Instant.EPOCH, "drift_detected"), id, key, false);
  }

  @Test
  void triesFailedAlertAgainOnceItIsDue() {
    DeliveryQueue queue = new DeliveryQueue();
    queue.add(1, true, alert("a", "k1"));
    queue.add(2, true, alert("b", "k2"));

    DeliveryQueue.Item first = next(queue);
    queue.failed(first, 100);
    assertThat(queue.isFailing()).isTrue();
    queue.delivered(next(queue));
    assertThat(queue.next(99)).as("only the failed one is left").isNull();
    assertThat(queue.untilReady(40)).contains(Duration.ofNanos(60));

    assertThat(queue.next(100)).isSameAs(first);
    assertThat(first.tries()).isEqualTo(2);
    assertThat(queue.isInFlight(first, 2)).isTrue();
    assertThat(queue.isInFlight(first, 1)).as("the try before").isFalse();
    queue.delivered(first);
    assertThat(first.isOwed()).isFalse();
    assertThat(queue.isInFlight(first, 2)).isFalse();
    assertThat(queue.isFailing()).isFalse();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void letsKeysTakeTurnsWhileTheyFail() {
    DeliveryQueue queue = new DeliveryQueue();
    for (String key : List.of("a", "b", "c")) {
      queue.add(1, false, alert(key + "1", key));
      queue.add(1, false, alert(key + "2", key));
    }

    List<String> tried = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      DeliveryQueue.Item item = next(queue);
      tried.add(item.alert().id());
      queue.failed(item, 0);
    }

    assertThat(tried).containsOnly("a1", "b1", "c1");
    for (String id : List.of("a1", "b1", "c1")) {
      assertThat(tried).filteredOn(id::equals).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void triesAlertOfNewKeyBeforeThoseThatFailed() {
    DeliveryQueue queue = new DeliveryQueue();
    for (int i = 0; i < 10; i++) {
      queue.add(i, true, alert(i));
    }
    for (int i = 0; i < 30; i++) {
      queue.failed(next(queue), 0);
    }
    queue.add(10, true, alert("new", "new"));

    assertThat(next(queue).alert().id()).isEqualTo("new");
  }

  @Test
  void keepsOrderOfKeyWhileItsFirstFails() {
    DeliveryQueue queue = new DeliveryQueue();
    queue.add(1, true, alert("a1", "a"));
    queue.add(1, false, alert("a2", "a"));
    queue.add(2, true, alert("b1", "b"));
    List<String> delivered = new ArrayList<>();

    queue.failed(next(queue), 0);
    for (int i = 0; i < 3; i++) {
      DeliveryQueue.Item item = next(queue);
      delivered.add(item.alert().id());
      queue.delivered(item);
    }

    assertThat(delivered.indexOf("a1")).isLessThan(delivered.indexOf("a2"));
    assertThat(delivered).containsExactlyInAnyOrder("a1", "a2", "b1");
  }

  @Test
  void dropsNoAlertThatIsInFlight() {
    DeliveryQueue queue = new DeliveryQueue();
    queue.add(0, true, alert("first", "k"));
    DeliveryQueue.Item first = next(queue);
    for (int i = 1; i <= 50_000; i++) {
      queue.add(i, true, alert("id " + i, "k"));
    }

    assertThat(queue.dropped()).isEqualTo(1);
    assertThat(first.isOwed()).isTrue();
    queue.delivered(first);
    assertThat(next(queue).alert().id()).isEqualTo("id 2");
  }

  @Test
  void holdsLaterAlertsOfRefusedKeyUntilItIsDue() {
    DeliveryQueue queue = new DeliveryQueue();
    queue.add(1, true, alert("a1", "a"));
    queue.add(2, true, alert("b1", "b"));
    queue.add(1, false, alert("a2", "a"));

    queue.refused(next(queue), 500);
    queue.delivered(next(queue));

    assertThat(queue.next(499)).isNull();
    assertThat(queue.untilReady(400)).contains(Duration.ofNanos(100));
    assertThat(queue.untilReady(501)).contains(Duration.ZERO);
    assertThat(queue.isRefusing()).isTrue();
    DeliveryQueue.Item due = queue.next(500);
    assertThat(due).extracting(item -> item.alert().id()).isEqualTo("a1");
    assertThat(queue.isRefusing()).isFalse();
    queue.delivered(requireNonNull(due));
    assertThat(queue.next(500)).extracting(item -> item.alert().id()).isEqualTo("a2");
  }

  @Test
  void forgetsIncidentOnlyBeforeItsOpeningWasTried() {
    DeliveryQueue queue = new DeliveryQueue();
    queue.add(1, true, alert("open", "k"));
    DeliveryQueue.Item opening = next(queue);
    assertThat(queue.forgetUnheard(1)).as("in flight").isFalse();
    queue.failed(opening, 100);
    assertThat(queue.forgetUnheard(1)).as("not taken").isTrue();
    assertThat(queue.isEmpty()).isTrue();

    queue.add(2, false, alert("update", "k"));
    assertThat(queue.forgetUnheard(2)).as("its opening was delivered").isFalse();
    assertThat(queue.forgetUnheard(3)).as("unknown").isFalse();
  }
}
