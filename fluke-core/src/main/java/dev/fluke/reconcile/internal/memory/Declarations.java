package dev.fluke.reconcile.internal.memory;

import com.google.common.collect.MapMaker;
import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.command.internal.OpaqueValues;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.text.Durations;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What each task declares. Each {@code Task} object is examined once, on a thread of its own, since
 * that calls code of the user: whatever hangs there costs its own task 5 s and no lane. What failed
 * or may change is examined again after a minute. Safe for use by any thread.
 */
public final class Declarations {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);
  private static final String CLOSED = "the reconciler was closed";

  private final Scheduler scheduler;
  private final LoopThread thread;
  private final Mask mask;
  private volatile Runnable whenKnown = () -> {};
  private final OpaqueValues opaque = new OpaqueValues();
  private final ConcurrentMap<Task, Entry> entries = new MapMaker().weakKeys().makeMap();
  private final Deque<Pending> queue = new ArrayDeque<>();
  private @Nullable Examiner examiner;
  private boolean closed;

  private record Pending(Task task, Entry entry) {}

  /** What is known of one task. */
  private static final class Entry {
    private final CompletableFuture<DeclaredTask> first = new CompletableFuture<>();
    private volatile @Nullable DeclaredTask latest;
    private volatile long examinedAt;
    private boolean pending; // guarded by the declarations

    void set(DeclaredTask known, long now) {
      examinedAt = now;
      latest = known;
      first.complete(known);
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param mask learns the secrets of all declarations
   */
  public Declarations(Scheduler scheduler, LoopThread thread, Mask mask) {
    this.scheduler = scheduler;
    this.thread = thread;
    this.mask = mask;
  }

  /** Calls this, on a thread of its own, each time some tasks were examined. */
  public void whenKnown(Runnable call) {
    whenKnown = call;
  }

  /** Begins to examine the tasks of a new revision, and returns. */
  public void begin(Manifest manifest) {
    opaque.keep(manifest.tasks().stream().map(Task::name).toList());
    manifest.tasks().forEach(this::entryOf);
  }

  /** What this task declares; waits until it is known. */
  public DeclaredTask of(Task task) {
    Entry entry = entryOf(task);
    DeclaredTask latest = entry.latest;
    if (latest == null) {
      return await(entry);
    }
    long age = scheduler.nanoTime() - entry.examinedAt;
    if (latest.mayChange() && age > AGAIN_AFTER.toNanos()) {
      examine(task, entry);
    }
    return latest;
  }

  /** The same; null if the task is not for this agent. */
  public @Nullable DeclaredTask of(Task task, Agent agent) {
    if (!task.selector().matches(agent)) {
      return null;
    }
    DeclaredTask declared = of(task);
    return declared.needsHost() && agent.transport().isEmpty() ? null : declared;
  }

  /** What this task declares, if it is known already. */
  public @Nullable DeclaredTask known(Task task) {
    Entry entry = entries.get(task);
    return entry == null ? null : entry.latest;
  }

  /** Whether a task is for an agent, as far as is known without waiting. */
  public boolean isFor(Task task, Agent agent) {
    if (!task.selector().matches(agent)) {
      return false;
    }
    DeclaredTask known = agent.transport().isPresent() ? null : known(task);
    return known == null || !known.needsHost();
  }

  private DeclaredTask await(Entry entry) {
    try {
      if (scheduler.await(entry.first, LONGEST_WAIT)) {
        return entry.first.join();
      }
      return DeclaredTask.unknown("its declaration is not known yet; others take too long");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return DeclaredTask.unknown("interrupted while its declaration was read");
    }
  }

  private Entry entryOf(Task task) {
    Entry known = entries.get(task);
    if (known != null) {
      return known;
    }
    Entry fresh = new Entry();
    Entry other = entries.putIfAbsent(task, fresh);
    if (other != null) {
      return other;
    }
    examine(task, fresh);
    return fresh;
  }

  private void examine(Task task, Entry entry) {
    Examiner begins = null;
    boolean tooLate;
    synchronized (this) {
      if (entry.pending) {
        return;
      }
      tooLate = closed;
      if (!closed) {
        entry.pending = true;
        queue.add(new Pending(task, entry));
      }
      if (!closed && examiner == null) {
        begins = new Examiner();
        examiner = begins;
      }
    }
    if (tooLate && entry.latest == null) {
      entry.set(DeclaredTask.unknown(CLOSED), scheduler.nanoTime());
    }
    if (begins != null) {
      begins.start();
    }
  }

  /** Ends the examination under way; what is not known then stays unknown. */
  public void close() {
    Collection<Pending> left;
    Examiner working;
    synchronized (this) {
      closed = true;
      left = List.copyOf(queue);
      queue.clear();
      working = examiner;
      examiner = null;
    }
    DeclaredTask unknown = DeclaredTask.unknown(CLOSED);
    left.forEach(each -> each.entry.set(unknown, scheduler.nanoTime()));
    if (working != null) {
      working.giveUp(unknown);
    }
  }

  /** Examines what waits, one task after the other; another one takes over if a call hangs. */
  private final class Examiner {
    private Scheduler.@Nullable Work work; // guarded by the declarations
    private @Nullable Pending current;

    void start() {
      Scheduler.Work started = scheduler.start("fluke-declarations", () -> thread.run(this::run));
      synchronized (Declarations.this) {
        work = started;
      }
    }

    private void run() {
      while (true) {
        Pending next;
        synchronized (Declarations.this) {
          if (examiner != this) {
            return;
          }
          next = queue.poll();
          current = next;
          if (next == null) {
            examiner = null;
            break;
          }
        }
        examine(next);
      }
      whenKnown.run();
    }

    private void examine(Pending next) {
      Examination examination = new Examination(next.task, opaque, mask);
      Scheduler.Timer limit = scheduler.after(LIMIT, () -> hangs(next, examination));
      examination.run();
      limit.cancel();
      synchronized (Declarations.this) {
        next.entry.pending = false;
        if (examiner != this) {
          return; // too late: another one has taken over
        }
      }
      next.entry.set(examination.result(), scheduler.nanoTime());
    }

    private void hangs(Pending hanging, Examination examination) {
      Examiner next = new Examiner();
      synchronized (Declarations.this) {
        if (examiner != this || !hanging.equals(current)) {
          return;
        }
        examiner = next;
      }
      interrupt();
      String limit = Durations.display(LIMIT);
      hanging.entry.set(examination.cutAfter(limit), scheduler.nanoTime());
      next.start();
    }

    void giveUp(DeclaredTask unknown) {
      interrupt();
      Pending hanging;
      synchronized (Declarations.this) {
        hanging = current;
      }
      if (hanging != null) {
        hanging.entry.first.complete(unknown);
      }
    }

    private void interrupt() {
      Scheduler.Work working;
      synchronized (Declarations.this) {
        working = work;
      }
      if (working != null) {
        working.interrupt();
      }
    }
  }
}
