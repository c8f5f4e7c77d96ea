package dev.fluke.tests.embedding;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.DirectorySource;
import dev.fluke.transport.Local;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Calls everything from virtual threads, and prints what came of it and what held a carrier. */
final class VirtualThreadsProgram {
  private static final int CALLERS = 4;

  private VirtualThreadsProgram() {}

  /** Holds its carrier in any Java. */
  private static final class Held {
    private static final CountDownLatch LATCH = new CountDownLatch(1);

    static {
      LockSupport.park();
    }
  }

  public static void main(String[] args) throws Exception {
    Path dir = Path.of(args[0]);
    ThreadFactory virtual = virtualThreads();
    Map<String, Integer> pins = new TreeMap<>();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ZERO).withStackTrace();
      recording.start();

      hold(virtual, () -> Held.LATCH.getCount());
      if (args[1].equals("callers")) {
        hold(virtual, VirtualThreadsProgram::parkIn);
      }
      ReconcilerBuilder builder = Reconciler.builder().source(DirectorySource.at(dir));
      run(virtual, args[1].equals("own") ? builder.threads(virtual) : builder);
      recording.stop();
      Path file = dir.resolve("recording.jfr");
      recording.dump(file);
      RecordingFile.readAllEvents(file).stream()
          .filter(pin -> !isMoment(pin))
          .forEach(pin -> pins.merge(place(pin), 1, Integer::sum));
    }
    System.out.println("pinned: " + pins);
  }

  /** Lets a virtual thread park where it may hold its carrier, and go on. */
  private static void hold(ThreadFactory virtual, Runnable parking) throws Exception {
    FutureTask<Void> task = new FutureTask<>(parking, null);
    Thread thread = virtual.newThread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    LockSupport.unpark(thread);
    task.get(20, SECONDS);
  }

  private static void parkIn() {
    synchronized (VirtualThreadsProgram.class) {
      LockSupport.park();
    }
  }

  private static void run(ThreadFactory virtual, ReconcilerBuilder builder) throws Exception {
    FutureTask<Reconciler> made = new FutureTask<>(() -> builder.agent(agent("here")).build());
    virtual.newThread(made).start();
    Reconciler reconciler = made.get(20, SECONDS);
    CountDownLatch start = new CountDownLatch(1);
    List<FutureTask<Void>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      String name = "more-" + i;
      callers.add(new FutureTask<>(() -> call(reconciler, name, start)));
    }
    callers.forEach(caller -> virtual.newThread(caller).start());
    start.countDown();
    await(callers);
    FutureTask<Void> waiting = new FutureTask<>(reconciler::awaitClose, null);
    FutureTask<Void> closing = new FutureTask<>(reconciler::close, null);
    virtual.newThread(waiting).start();
    virtual.newThread(closing).start();
    await(List.of(closing, waiting));
    System.out.println("closed");
  }

  private static void await(Collection<FutureTask<Void>> calls) throws Exception {
    for (FutureTask<Void> call : calls) {
      call.get(30, SECONDS);
    }
  }

  private static Void call(Reconciler reconciler, String name, CountDownLatch start)
      throws Exception {
    start.await();
    reconciler.put(agent(name));
    reconciler.plan(Scope.all());
    reconciler.reconcile(Scope.agent(name));
    reconciler.submit(ManualRun.of(Scope.agent("here"))).get();
    String report = reconciler.cycle().toString();
    reconciler.status();
    reconciler.events("here", 10);
    System.out.println("in sync: " + report.contains("hello on here: IN_SYNC"));
    System.out.println("removed: " + reconciler.remove(name));
    return null;
  }

  private static Agent agent(String name) {
    return Agent.named(name, Local.machine()).label("role", "build").sharingAddress();
  }

  /** Fluke waits for nothing while it has a monitor, so a monitor is free again in a moment. */
  private static boolean isMoment(RecordedEvent pin) {
    return pin.getString("blockingOperation").equals("Contended monitor enter");
  }

  private static String place(RecordedEvent pin) {
    return pin.getStackTrace().getFrames().stream()
        .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
        .filter(frame -> frame.startsWith("dev.fluke."))
        .map(frame -> frame.replace(VirtualThreadsProgram.class.getName(), ""))
        .findFirst()
        .orElse(pin.getStackTrace().toString());
  }

  /** As Thread.ofVirtual().factory(): this class is compiled for Java 17. */
  private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    return (ThreadFactory)
        Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
  }
}
