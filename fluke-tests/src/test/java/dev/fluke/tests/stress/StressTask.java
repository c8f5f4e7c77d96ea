package dev.fluke.tests.stress;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.command.Command;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.executor.HostException;
import dev.fluke.manifest.Task;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An executor that lets the witness see its calls. Some of its applies hang and ignore their
 * interrupt until they are let go; then they try to go on.
 */
final class StressTask implements Executor {
  private static final int ONE_STUCK_OF = 400;

  private final Witness witness;
  private final Map<Integer, Boolean> drifted = new ConcurrentHashMap<>();
  private volatile CountDownLatch letGo = new CountDownLatch(1);
  private volatile boolean mayHang = true;
  private volatile Crowd checking = new Crowd(1);
  private volatile Crowd applying = new Crowd(1);

  StressTask(Witness witness) {
    this.witness = witness;
  }

  /** Lets as many go on as are there at once; the greatest number is remembered. */
  static final class Crowd {
    private final CountDownLatch all;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    Crowd(int size) {
      all = new CountDownLatch(size);
    }

    private void join() throws InterruptedException {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      all.countDown();
      try {
        all.await();
      } finally {
        inside.decrementAndGet();
      }
    }

    /** Lets all go on. */
    void open() {
      while (all.getCount() > 0) {
        all.countDown();
      }
    }

    int most() {
      return most.get();
    }
  }

  Task task(String name) {
    return Task.named(name).on(everyAgent()).step("one", this).step("two", this).build();
  }

  void drifts(Witness.Life life) {
    drifted.put(life.number, true);
  }

  /** Lets all go on that hang; whether more may hang. */
  void letGo(boolean more) {
    CountDownLatch before = letGo;
    mayHang = more;
    letGo = new CountDownLatch(1);
    before.countDown();
  }

  /** Makes checks and applies wait for one another until so many are there at once. */
  void gather(Crowd checks, Crowd applies) {
    checking = checks;
    applying = applies;
  }

  @Override
  public CheckResult check(Host host) throws Exception {
    Witness.Life life = lifeOf(host);
    try (Witness.Visit visit = life.check()) {
      checking.join();
      Thread.onSpinWait();
      return drifted.getOrDefault(life.number, false)
          ? CheckResult.drifted("state", "good", "bad")
          : CheckResult.inSync();
    }
  }

  @Override
  public void apply(Host host) throws Exception {
    Witness.Life life = lifeOf(host);
    try (Witness.Visit visit = life.apply()) {
      applying.join();
      boolean hangs = mayHang && new SplittableRandom(System.nanoTime()).nextInt(ONE_STUCK_OF) == 0;
      if (hangs) {
        hang();
      }
      if (!life.address.startsWith("agent ")) {
        host.run(Command.of("one"));
        Thread.onSpinWait();
        host.run(Command.of("two"));
      }
      drifted.remove(life.number);
    } catch (HostException e) {
      drifted.remove(life.number); // refused, as it should be
      throw e;
    }
  }

  private void hang() {
    witness.counts.stuck.incrementAndGet();
    CountDownLatch mine = letGo;
    boolean interrupted = false;
    while (mine.getCount() > 0) {
      try {
        mine.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Witness.Life lifeOf(Host host) {
    return witness.life(host.labels().get("life"));
  }

  @Override
  public Object declaration() {
    return "stress";
  }
}
