package dev.fluke.reconcile.internal.delivery;

import dev.fluke.alert.Alert;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The alerts that wait for one sink. Those of one key go in order. Keys go in the order in which
 * their alerts came; a key whose alert failed waits apart, and then takes turns with those that
 * have not been tried. Guarded by its delivery.
 */
final class DeliveryQueue {
  private static final int LONGEST = 50_000;
  private static final Comparator<KeyQueue> BY_TURN = Comparator.comparingLong(key -> key.turn);
  private static final Comparator<KeyQueue> BY_DUE =
      ((Comparator<KeyQueue>) (a, b) -> Long.signum(a.due - b.due)).thenComparing(BY_TURN);

  private final Map<String, KeyQueue> keys = new HashMap<>();
  private final NavigableSet<KeyQueue> untried = new TreeSet<>(BY_TURN);
  private final NavigableSet<KeyQueue> failedBefore = new TreeSet<>(BY_TURN);
  private final NavigableSet<KeyQueue> failing = new TreeSet<>(BY_DUE);
  private final NavigableSet<KeyQueue> rejected = new TreeSet<>(BY_DUE);
  private final Map<Long, List<Item>> ofIncident = new HashMap<>();
  private @Nullable Item inFlight;
  private boolean untriedFailed; // then it is the turn of one that failed before
  private long arrivals;
  private int size;
  private long dropped;

  /** An alert that waits for delivery. */
  static final class Item {
    private final long incident;
    private final boolean opening;
    private final Alert alert;
    private final KeyQueue key;
    private final long arrival;
    private int tries;
    private boolean owed = true;
    private boolean reported;

    private Item(long incident, boolean opening, Alert alert, KeyQueue key, long arrival) {
      this.incident = incident;
      this.opening = opening;
      this.alert = alert;
      this.key = key;
      this.arrival = arrival;
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

    /** Notes that it was reported as undelivered; false if it was before. */
    boolean markReported() {
      boolean first = !reported;
      reported = true;
      return first;
    }
  }

  /** The alerts of one key, and the set that the key waits in; none while one is in flight. */
  private static final class KeyQueue {
    private final Deque<Item> items = new ArrayDeque<>(2);
    private @Nullable NavigableSet<KeyQueue> waitsIn;
    private long turn;
    private long due;

    void moveTo(@Nullable NavigableSet<KeyQueue> next) {
      if (waitsIn != null) {
        waitsIn.remove(this);
      }
      waitsIn = next;
      if (next != null) {
        next.add(this);
      }
    }
  }

  /**
   * Adds an alert; drops the oldest if there are too many.
   *
   * @param opening whether it is the first of its incident
   */
  void add(long incident, boolean opening, Alert alert) {
    KeyQueue key = keys.computeIfAbsent(alert.key(), none -> new KeyQueue());
    Item item = new Item(incident, opening, alert, key, ++arrivals);
    key.items.addLast(item);
    ofIncident.computeIfAbsent(incident, none -> new ArrayList<>(2)).add(item);
    size++;
    if (key.items.size() == 1) {
      key.turn = item.arrival;
      key.moveTo(untried);
    }
    while (size > LONGEST) {
      dropOldest();
    }
  }

  /** Drops rejected alerts before others. */
  private void dropOldest() {
    Item oldest =
        Stream.of(rejected, failedBefore, failing, untried)
            .filter(some -> !some.isEmpty())
            .findFirst()
            .map(some -> some.first().items.getFirst())
            .orElseGet(this::firstAfterInFlight);
    gone(oldest);
    dropped++;
  }

  private Item firstAfterInFlight() {
    if (inFlight == null) {
      throw new IllegalStateException("no alert is ready, but %d are pending".formatted(size));
    }
    return inFlight.key.items.stream().filter(item -> item != inFlight).findFirst().orElseThrow();
  }

  /** The next to try now; null if there is none. */
  @Nullable Item next(long now) {
    takeBack(now);
    boolean repeat = !failedBefore.isEmpty() && (untriedFailed || untried.isEmpty());
    NavigableSet<KeyQueue> some = repeat ? failedBefore : untried;
    if (some.isEmpty()) {
      return null;
    }
    KeyQueue key = some.first();
    key.moveTo(null);
    inFlight = key.items.getFirst();
    inFlight.tries++;
    untriedFailed = false;
    return inFlight;
  }

  private void takeBack(long now) {
    while (isDue(failing, now)) {
      failing.first().moveTo(failedBefore);
    }
    while (isDue(rejected, now)) {
      rejected.first().moveTo(untried);
    }
  }

  private static boolean isDue(NavigableSet<KeyQueue> some, long now) {
    return !some.isEmpty() && some.first().due - now <= 0;
  }

  void delivered(Item item) {
    inFlight = null;
    gone(item);
    Item next = item.key.items.peekFirst();
    if (next != null) {
      item.key.turn = next.arrival;
      item.key.moveTo(untried);
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
    item.key.items.remove(item);
    if (item.key.items.isEmpty()) {
      item.key.moveTo(null);
      keys.remove(item.alert.key());
    }
  }

  /** Its try failed: its key waits until due, and goes after the keys that wait now. */
  void failed(Item item, long due) {
    untriedFailed = item.tries == 1;
    item.key.turn = ++arrivals;
    waitApart(item, due, failing);
  }

  /** It was rejected: its key waits until due. */
  void refused(Item item, long due) {
    waitApart(item, due, rejected);
  }

  private void waitApart(Item item, long due, NavigableSet<KeyQueue> where) {
    inFlight = null;
    item.key.due = due;
    item.key.moveTo(where);
  }

  /** How long until an alert can be tried; empty if none waits. */
  Optional<Duration> untilReady(long now) {
    if (!untried.isEmpty() || !failedBefore.isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    return Stream.of(failing, rejected)
        .filter(some -> !some.isEmpty())
        .map(some -> Duration.ofNanos(Math.max(0, some.first().due - now)))
        .min(Comparator.naturalOrder());
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

  /** The alert that is being tried; null if there is none. */
  @Nullable Item inFlight() {
    return inFlight;
  }

  /** Whether this try of it is under way. */
  boolean isInFlight(Item item, int attempt) {
    return inFlight == item && item.tries == attempt;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Whether alerts wait whose last try failed. */
  boolean isFailing() {
    return !failing.isEmpty() || !failedBefore.isEmpty();
  }

  /** Whether alerts wait that were rejected. */
  boolean isRefusing() {
    return !rejected.isEmpty();
  }

  int size() {
    return size;
  }

  long dropped() {
    return dropped;
  }
}
