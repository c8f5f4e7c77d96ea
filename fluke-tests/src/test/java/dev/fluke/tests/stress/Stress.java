package dev.fluke.tests.stress;

import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.text.Durations;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Rounds of a reconciler on real threads: churn of agents, triggers, stuck applies, and a close in
 * the middle of it or after all permits are back. {@code scripts/prove stress TIME} runs it.
 */
public final class Stress {
  private static final Duration ROUND = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration AT_ONCE = Duration.ofMillis(100);
  private static final int CHECKING = 4;
  private static final int APPLYING = 2;
  private static final int CHURNERS = 3;
  private static final long MOST_GROWTH = 24L << 20;

  private final Witness witness = new Witness(System::nanoTime);
  private final Scheduler time = Scheduler.system();
  private final SplittableRandom random;
  private long firstHeap;
  private int rounds;

  private Stress(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * Takes a time such as {@code 10m} and, if wanted, a seed; exits with 1 if anything went wrong.
   */
  public static void main(String[] args) throws InterruptedException {
    Duration length = Durations.parse(args.length > 0 ? args[0] : "1m");
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime() & 0xffff_ffffL;
    System.out.printf("stress: %s, seed %d%n", Durations.display(length), seed);
    Result result = run(length, seed);
    result.violations().forEach(each -> System.out.println("violation: " + each));
    System.out.printf("stress: %s%n", result.counts());
    System.exit(result.violations().isEmpty() ? 0 : 1);
  }

  /** What was seen. */
  record Result(List<String> violations, String counts) {}

  static Result run(Duration length, long seed) throws InterruptedException {
    Stress stress = new Stress(seed);
    long until = System.nanoTime() + length.toNanos();
    do {
      long left = until - System.nanoTime();
      stress.round(Math.min(left, ROUND.toNanos()));
    } while (System.nanoTime() - until < 0 && stress.witness.violations().isEmpty());
    stress.time.close();
    return new Result(
        stress.witness.violations(), stress.rounds + " rounds, " + stress.witness.counts);
  }

  private void round(long length) throws InterruptedException {
    rounds++;
    AtomicInteger threads = new AtomicInteger();
    AtomicInteger open = new AtomicInteger();
    StressTask task = new StressTask(witness);
    Reconciler reconciler =
        Reconciler.builder()
            .manifest(Manifest.of(task.task("stress")))
            .threads(body -> counted(body, threads))
            .pollInterval(Duration.ofMillis(300))
            .applyLimit(Duration.ofMillis(250))
            .checkingAtOnce(CHECKING)
            .applyingAtOnce(APPLYING)
            .connectingAtOnce(CHECKING)
            .loginsPerSecond(10_000)
            .closeGrace(Duration.ofSeconds(2))
            .build();
    Churn churn = new Churn(reconciler, witness, task, open);
    reconciler.start();
    List<CompletableFuture<Void>> churners = churn(churn, System.nanoTime() + length);
    if (random.nextBoolean()) {
      time.sleep(Duration.ofNanos(random.nextLong(length)));
    } else {
      join(churners);
      findPermits(reconciler, churn, task);
    }
    close(reconciler, churn);
    join(churners);
    task.letGo(false); // they find that their agents are long gone
    expect("all connections closed", () -> open.get() == 0, open::get);
    expect("all threads ended", () -> threads.get() == 0, threads::get);
    witness.forget();
    measureHeap();
  }

  private static Thread counted(Runnable body, AtomicInteger threads) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } finally {
                threads.decrementAndGet();
              }
            });
    thread.setDaemon(true);
    threads.incrementAndGet();
    return thread;
  }

  private List<CompletableFuture<Void>> churn(Churn churn, long until) {
    List<CompletableFuture<Void>> churners = new ArrayList<>();
    for (int i = 0; i < CHURNERS; i++) {
      long seed = random.nextLong();
      CompletableFuture<Void> end = new CompletableFuture<>();
      time.start(
          "churn",
          () -> {
            churn.run(seed, until);
            end.complete(null);
          });
      churners.add(end);
    }
    return churners;
  }

  private void join(List<CompletableFuture<Void>> churners) throws InterruptedException {
    for (CompletableFuture<Void> each : churners) {
      if (!time.await(each, LONGEST_WAIT)) {
        witness.tell("a call of the application did not return within " + LONGEST_WAIT);
      }
    }
  }

  /** As many must run at once as are allowed to: a permit that was lost is missing here. */
  private void findPermits(Reconciler reconciler, Churn churn, StressTask task)
      throws InterruptedException {
    task.letGo(false);
    var idle = reconciler.submit(ManualRun.of(Scope.all()));
    if (!time.await(idle, LONGEST_WAIT)) {
      witness.tell("a manual run of all agents did not end within " + LONGEST_WAIT);
      return;
    }
    StressTask.Crowd checks = new StressTask.Crowd(CHECKING);
    StressTask.Crowd applies = new StressTask.Crowd(APPLYING);
    task.gather(checks, applies);
    churn.fill();
    var gathering = reconciler.submit(ManualRun.of(Scope.all()));
    time.await(gathering, LONGEST_WAIT);
    if (checks.most() < CHECKING || applies.most() < APPLYING) {
      witness.tell(
          "only %d of %d checks and %d of %d applies ran at once: permits were lost"
              .formatted(checks.most(), CHECKING, applies.most(), APPLYING));
    }
    task.gather(new StressTask.Crowd(1), new StressTask.Crowd(1));
    checks.open();
    applies.open();
  }

  private void close(Reconciler reconciler, Churn churn) throws InterruptedException {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    churn.closing();
    witness.counts.closes.incrementAndGet();
    time.start(
        "close",
        () -> {
          reconciler.close();
          closed.complete(null);
        });
    expect("closed to calls", () -> isClosed(reconciler), () -> 1);
    time.sleep(AT_ONCE);
    churn.closed();
    if (!time.await(closed, Duration.ofSeconds(45))) {
      witness.tell("close() did not return within 45 s");
    }
  }

  private static boolean isClosed(Reconciler reconciler) {
    try {
      reconciler.pollNow();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void expect(String what, BooleanSupplier condition, AtomicReader actual)
      throws InterruptedException {
    long until = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        witness.tell("not %s within %s: %d left".formatted(what, LONGEST_WAIT, actual.get()));
        return;
      }
      time.sleep(Duration.ofMillis(20));
    }
  }

  /** Reads a number. */
  private interface AtomicReader {
    int get();
  }

  private void measureHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    if (rounds == 2) {
      firstHeap = used;
    } else if (rounds > 2 && used - firstHeap > MOST_GROWTH) {
      witness.tell(
          "the heap grew from %d to %d MiB in %d rounds"
              .formatted(firstHeap >> 20, used >> 20, rounds));
    }
  }
}
