package dev.fluke.tests.stress;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Adds, changes, removes and triggers at random, from any number of threads. Changes of one name
 * come one after the other, so that it is known which life of an agent ended; everything else is at
 * once.
 */
final class Churn {
  private static final int OWN = 30;
  private static final int SHARING = 12;
  private static final int ADDRESSES = 3;
  private static final int WITHOUT_HOST = 6;

  private final Reconciler reconciler;
  private final Witness witness;
  private final StressTask task;
  private final AtomicInteger open;
  private final ReadWriteLock all = new ReentrantReadWriteLock();
  private final List<Slot> slots = new ArrayList<>();
  private volatile boolean closing;

  /** A name that comes and goes. */
  private static final class Slot {
    final String name;
    final String address;
    private Witness.Life life;
    private Agent agent;

    Slot(String name, String address) {
      this.name = name;
      this.address = address;
    }
  }

  Churn(Reconciler reconciler, Witness witness, StressTask task, AtomicInteger open) {
    this.reconciler = reconciler;
    this.witness = witness;
    this.task = task;
    this.open = open;
    for (int i = 0; i < OWN; i++) {
      slots.add(new Slot("own-" + i, "host-" + i));
    }
    for (int i = 0; i < SHARING; i++) {
      slots.add(new Slot("sharing-" + i, "shared-" + i % ADDRESSES));
    }
    for (int i = 0; i < WITHOUT_HOST; i++) {
      slots.add(new Slot("api-" + i, "agent api-" + i));
    }
  }

  /** Goes on until told that the reconciler is being closed, or the end has come. */
  void run(long seed, long until) {
    SplittableRandom random = new SplittableRandom(seed);
    while (!closing && System.nanoTime() - until < 0) {
      try {
        once(random);
      } catch (Throwable t) {
        if (!isExpected(t)) {
          witness.tell("a call threw " + t);
        }
      }
      Thread.onSpinWait();
    }
  }

  /** Only so many manual runs may wait. */
  private boolean isExpected(Throwable t) {
    boolean tooMany = t.getClass().getSimpleName().equals("TooManyRunsException");
    return tooMany || (closing && t instanceof IllegalStateException);
  }

  private void once(SplittableRandom random) {
    int dice = random.nextInt(100);
    if (dice < 2) {
      replaceAll(random);
    } else if (dice < 60) {
      all.readLock().lock();
      try {
        Slot slot = slots.get(random.nextInt(slots.size()));
        synchronized (slot) {
          change(slot, dice, random);
        }
      } finally {
        all.readLock().unlock();
      }
    } else {
      trigger(dice, random);
    }
  }

  private void change(Slot slot, int dice, SplittableRandom random) {
    if (slot.life == null) {
      put(slot, born(slot));
    } else if (dice < 30) {
      reconciler.remove(slot.name);
      witness.counts.removals.incrementAndGet();
      slot.life.over("remove", false);
      slot.life = null;
    } else if (dice < 40) {
      put(slot, slot.agent.label("changed", Integer.toString(random.nextInt(3))));
    } else {
      task.drifts(slot.life);
    }
  }

  private Agent born(Slot slot) {
    slot.life = witness.begins(slot.name, slot.address);
    String number = Integer.toString(slot.life.number);
    Agent agent =
        slot.address.startsWith("agent ")
            ? Agent.named(slot.name)
            : Agent.named(slot.name, new StressHost(slot.life, open));
    return (slot.address.startsWith("shared-") ? agent.sharingAddress() : agent)
        .label("life", number);
  }

  private void put(Slot slot, Agent agent) {
    slot.agent = agent;
    reconciler.put(agent);
  }

  private void replaceAll(SplittableRandom random) {
    all.writeLock().lock();
    try {
      Map<Slot, Witness.Life> before = new HashMap<>();
      List<Agent> wanted = new ArrayList<>();
      for (Slot slot : slots) {
        if (slot.life != null && random.nextBoolean()) {
          wanted.add(slot.agent);
        } else if (slot.life != null) {
          before.put(slot, slot.life);
        } else if (random.nextBoolean()) {
          slot.agent = born(slot);
          wanted.add(slot.agent);
        }
      }
      reconciler.replaceAll(wanted);
      before.forEach(
          (slot, life) -> {
            life.over("replaceAll", false);
            slot.life = null;
          });
      witness.counts.removals.addAndGet(before.size());
    } finally {
      all.writeLock().unlock();
    }
  }

  private void trigger(int dice, SplittableRandom random) {
    witness.counts.triggers.incrementAndGet();
    if (dice < 75) {
      reconciler.checkNow();
    } else if (dice < 80) {
      reconciler.pollNow();
    } else if (dice < 82) {
      reconciler.status();
    } else {
      Scope scope =
          dice < 95
              ? Scope.agent(slots.get(random.nextInt(slots.size())).name)
              : Scope.task("stress");
      var unused = reconciler.submit(ManualRun.of(scope));
    }
  }

  /** Puts every agent of an address of its own, and lets it drift. */
  void fill() {
    for (Slot slot : slots) {
      if (slot.address.startsWith("host-")) {
        if (slot.life == null) {
          put(slot, born(slot));
        }
        task.drifts(slot.life);
      }
    }
  }

  /** The reconciler is about to be closed. */
  void closing() {
    closing = true;
  }

  /** The call of {@code close()} has begun. */
  void closed() {
    for (Slot slot : slots) {
      synchronized (slot) {
        if (slot.life != null) {
          slot.life.over("close", true);
        }
      }
    }
  }
}
