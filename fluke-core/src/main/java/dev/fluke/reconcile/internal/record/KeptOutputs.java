package dev.fluke.reconcile.internal.record;

import dev.fluke.report.ApplyOutput;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps what failed applies printed, in 64 MiB of memory; the oldest go first. Safe for use by any
 * thread.
 */
public final class KeptOutputs {
  private static final long MOST = 64L * 1024 * 1024;

  private final long most;
  private final Deque<ApplyOutput> outputs = new ArrayDeque<>();
  private long size;

  /** Keeps nothing yet. */
  public KeptOutputs() {
    this(MOST);
  }

  /** Keeps so many bytes. */
  KeptOutputs(long most) {
    this.most = most;
  }

  /** Keeps this, and drops the oldest that have no room any more. */
  public synchronized void add(ApplyOutput output) {
    outputs.addLast(output);
    size += output.size();
    while (size > most) {
      size -= outputs.removeFirst().size();
    }
  }

  /** What the failed applies of this run printed, the oldest first; empty if nothing is kept. */
  public synchronized List<ApplyOutput> of(String run) {
    return outputs.stream().filter(output -> output.run().equals(run)).toList();
  }
}
