package dev.fluke.reconcile.internal.memory;

import dev.fluke.manifest.Manifest;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the tasks of one agent. A task that leaves the manifest is remembered for a
 * day, so that its cause and its back-off count when it comes back. Safe for use by any thread.
 */
public final class TaskStates {
  private static final int MOST_AWAY = 1_000;

  private final Map<String, TaskState> present = new ConcurrentSkipListMap<>();
  private final Departed<String, TaskState> away = new Departed<>(MOST_AWAY);
  private final boolean joinedLater;

  /**
   * Remembers nothing yet.
   *
   * @param joinedLater whether the agent joined after the first cycle, so that Fluke knows its
   *     whole history
   */
  public TaskStates(boolean joinedLater) {
    this.joinedLater = joinedLater;
  }

  /**
   * The state of a task.
   *
   * @param taskIsNew whether the task came with a later revision than the first
   */
  public TaskState of(String task, boolean taskIsNew) {
    return present.computeIfAbsent(task, name -> new TaskState(joinedLater || taskIsNew));
  }

  /** The states of tasks that are declared, by the names of the tasks. */
  public Map<String, TaskState> present() {
    return Collections.unmodifiableMap(present);
  }

  /**
   * Follows a new revision: puts away the states of tasks that are gone, and takes back those of
   * tasks that are there again.
   *
   * @param now monotonic, in nanoseconds
   */
  public void follow(Manifest manifest, long now) {
    present.forEach(
        (name, state) -> {
          if (manifest.task(name).isEmpty() && present.remove(name, state)) {
            away.keep(name, state, now);
          }
        });
    if (away.isEmpty()) {
      return;
    }
    manifest
        .tasks()
        .forEach(
            task -> {
              TaskState state = away.take(task.name(), now);
              if (state != null) {
                state.isBack();
                present.putIfAbsent(task.name(), state);
              }
            });
  }

  /** The agent left and came back. */
  public void areBack() {
    present.values().forEach(TaskState::isBack);
  }

  /**
   * Keeps what is known of things that left, for a day: agents by name and address, or tasks of an
   * agent by name. The oldest go first when there are too many. Safe for use by any thread.
   *
   * @param <K> what a thing is known by
   * @param <V> what is known of it
   */
  public static final class Departed<K, V> {
    private static final Duration LONGEST = Duration.ofHours(24);

    private final int most;
    private final Map<K, Left<V>> left = new LinkedHashMap<>(); // the oldest first

    private record Left<V>(V value, long at) {}

    /**
     * Keeps nothing yet.
     *
     * @param most how many to keep
     */
    public Departed(int most) {
      this.most = most;
    }

    /**
     * Keeps what is known of a thing that leaves.
     *
     * @param now monotonic, in nanoseconds
     */
    public synchronized void keep(K key, V value, long now) {
      left.remove(key);
      left.put(key, new Left<>(value, now));
      var oldest = left.values().iterator();
      while (oldest.hasNext()) {
        Left<V> next = oldest.next();
        if (left.size() <= most && now - next.at <= LONGEST.toNanos()) {
          return;
        }
        oldest.remove();
      }
    }

    synchronized boolean isEmpty() {
      return left.isEmpty();
    }

    /**
     * Takes what is known of a thing that comes back; null if nothing is.
     *
     * @param now monotonic, in nanoseconds
     */
    public synchronized @Nullable V take(K key, long now) {
      Left<V> found = left.remove(key);
      return found == null || now - found.at > LONGEST.toNanos() ? null : found.value;
    }
  }
}
