package dev.fluke.reconcile.internal.memory;

import dev.fluke.manifest.DriftCause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Notices that something undoes a task again and again: it was in sync and drifted 5 times within
 * 10 minutes. It ends when the task stays in sync for 10 minutes. Guarded by the state of its task.
 */
final class Regressions {
  private static final int MANY = 5;
  private static final long SPAN = Duration.ofMinutes(10).toNanos();
  private static final String REMARK = "REGRESSED 5 times in 10 minutes: something undoes it";

  private final Deque<Long> latest = new ArrayDeque<>(MANY); // monotonic
  private boolean inSync;
  private long inSyncSince;
  private boolean many;

  void inSync(long now) {
    if (!inSync) {
      inSync = true;
      inSyncSince = now;
    } else if (many && now - inSyncSince >= SPAN) {
      many = false;
      latest.clear();
    }
  }

  /** The task is not in sync any more, for this reason. Drift that lasts counts once. */
  void drifted(DriftCause cause, long now) {
    if (inSync && cause == DriftCause.REGRESSED) {
      if (latest.size() == MANY) {
        latest.removeFirst();
      }
      latest.addLast(now);
      many |= latest.size() == MANY && now - latest.getFirst() <= SPAN;
    }
    inSync = false;
  }

  /** An apply failed: nobody undid it. */
  void failed() {
    inSync = false;
  }

  /** For people; empty if nothing seems to undo the task. */
  String remark() {
    return many ? REMARK : "";
  }
}
