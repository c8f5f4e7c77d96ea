package dev.fluke.reconcile.internal.delivery;

import dev.fluke.alert.Alert;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that wait for one sink, in order. Alerts with the key of a rejected one wait apart.
 * Guarded by its delivery.
 */
final class DeliveryQueue {
  private static final int LONGEST = 50_000;

  private final Deque<Item> ready = new ArrayDeque<>();
  private final Map<String, Refused> apart = new LinkedHashMap<>(); // the first is due first
  private final Map<Long, List<Item>> ofIncident = new HashMap<>();
  private @Nullable Item inFlight;
  private int size;
  private long dropped;

  /** An alert that waits for delivery. */
  static final class Item {
    private final long incident;
    private final boolean opening;
    private final Alert alert;
    private int tries;
    private boolean owed = true;

    private Item(long incident, boolean opening, Alert alert) {
      this.incident = incident;
      this.opening = opening;
      this.alert = alert;
    }

    Alert alert() {
      return alert;
    }

    int tries() {
      return tries;
    }

    boolean isOwed() {
      return owed;
    }
  }

  /** The alerts of one key whose first was rejected; the first still waits for delivery. */
  private record Refused(Deque<Item> items, long due) {
    void clean() {
      while (!items.isEmpty() && !items.getFirst().owed) {
        items.removeFirst();
      }
    }
  }

  /**
   * Adds an alert; drops the oldest if there are too many.
   *
   * @param opening whether it is the first of its incident
   */
  void add(long incident, boolean opening, Alert alert) {
    Item item = new Item(incident, opening, alert);
    ready.addLast(item);
    ofIncident.computeIfAbsent(incident, none -> new ArrayList<>(2)).add(item);
    size++;
    while (size > LONGEST) {
      dropOldest();
    }
    if (ready.size() > 2 * size + 1000) {
      ready.removeIf(each -> !each.owed);
    }
  }

  /** Drops rejected alerts before others. */
  private void dropOldest() {
    Item oldest = apart.isEmpty() ? ready.pollFirst() : firstApart().items.peekFirst();
    if (oldest == null) {
      throw new IllegalStateException("no alert is ready, but %d are pending".formatted(size));
    }
    if (oldest.owed) {
      gone(oldest);
      dropped++;
    }
  }

  /** The next to try now; null if there is none. */
  @Nullable Item next(long now) {
    takeBack(now);
    for (Item first = ready.pollFirst(); first != null; first = ready.pollFirst()) {
      Refused refused = apart.get(first.alert.key());
      if (first.owed && refused != null) {
        refused.items.addLast(first);
      } else if (first.owed) {
        first.tries++;
        inFlight = first;
        return first;
      }
    }
    return null;
  }

  /** Moves alerts that waited apart long enough to the front. */
  private void takeBack(long now) {
    if (!apart.isEmpty() && firstApart().due - now <= 0) {
      Deque<Item> items = firstApart().items;
      apart.remove(items.getFirst().alert.key());
      while (!items.isEmpty()) {
        ready.addFirst(items.pollLast());
      }
    }
  }

  private Refused firstApart() {
    return apart.values().iterator().next();
  }

  void delivered(Item item) {
    inFlight = null;
    if (item.owed) {
      gone(item);
    }
  }

  private void gone(Item item) {
    item.owed = false;
    size--;
    List<Item> siblings = ofIncident.getOrDefault(item.incident, new ArrayList<>());
    siblings.remove(item);
    if (siblings.isEmpty()) {
      ofIncident.remove(item.incident);
    }
    Refused refused = apart.get(item.alert.key());
    if (refused != null) {
      refused.clean();
      if (refused.items.isEmpty()) {
        apart.remove(item.alert.key());
      }
    }
  }

  /** Its try failed: puts it first again. */
  void again(Item item) {
    inFlight = null;
    ready.addFirst(item);
  }

  /** It was rejected: it waits apart until due, and later alerts of its key wait behind it. */
  void refused(Item item, long due) {
    inFlight = null;
    Refused waiting = new Refused(new ArrayDeque<>(), due);
    waiting.items.add(item);
    apart.put(item.alert.key(), waiting);
  }

  /** How long until the first that waits apart is due; empty if none does. */
  Optional<Duration> untilDue(long now) {
    return apart.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, firstApart().due - now)));
  }

  /**
   * Forgets the alerts of an incident if its opening alert was never tried or failed.
   *
   * @return whether they were forgotten
   */
  boolean forgetUnheard(long incident) {
    List<Item> items = ofIncident.getOrDefault(incident, List.of());
    if (items.isEmpty() || !items.get(0).opening || items.get(0) == inFlight) {
      return false;
    }
    List.copyOf(items).forEach(this::gone);
    return true;
  }

  /** Whether this try of it is under way. */
  boolean isInFlight(Item item, int attempt) {
    return inFlight == item && item.tries == attempt;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether alerts wait apart. */
  boolean isRefusing() {
    return !apart.isEmpty();
  }

  int size() {
    return size;
  }

  long dropped() {
    return dropped;
  }
}
