package dev.fluke.reconcile.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the event store works: each change is reported once. */
class StoreHealthTest {
  private final StoreHealth health = new StoreHealth();
  private final List<String> changes = new ArrayList<>();

  @Test
  void reportsEachChangeOnce() {
    health.listeners(changes::add, () -> changes.add("works"));

    health.works();
    health.failing("full", new IOException("full"));
    health.failing("too slow", null);
    assertThat(health.lastError()).isEqualTo("too slow");
    health.works();
    health.works();
    health.failing("full again", new IOException("full"));

    assertThat(changes).containsExactly("full", "works", "full again");
    assertThat(health.lastError()).isEqualTo("full again");
  }

  @Test
  void survivesAListenerThatThrows() {
    health.listeners(
        why -> {
          throw new IllegalStateException("no incident today");
        },
        () -> changes.add("works"));

    health.failing("full", new IOException("full"));
    health.works();

    assertThat(changes).containsExactly("works");
    assertThat(health.lastError()).isEmpty();
  }

  @Test
  void callsListenersInOrderAndWithoutItsLock() {
    health.listeners(
        why -> {
          changes.add(why + " " + Thread.holdsLock(health));
          health.works();
          changes.add("told of " + why);
        },
        () -> changes.add("works " + Thread.holdsLock(health)));

    health.failing("full", null);

    assertThat(changes).containsExactly("full false", "told of full", "works false");
  }

  @Test
  void hasNoListenersAtFirst() {
    health.failing("full", null);

    assertThat(health.lastError()).isEqualTo("full");
  }
}
