package dev.fluke.ssh;

import static dev.fluke.agent.Selector.everyAgent;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.Scope;
import dev.fluke.ssh.CuttingProxy.Fault;
import dev.fluke.ssh.CuttingProxy.Way;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Checks and applies over connections that are cut at random, for a while: what is used here and on
 * the hosts may not grow. Prints TSV of name, value, unit, target, pass.
 */
public final class Soak {
  private static final int AGENTS = 6;
  private static final int SAMPLES = 40;

  private final List<String> accounts = new ArrayList<>();
  private final List<CuttingProxy> proxies = new ArrayList<>();
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();
  private final Random random;
  private int cuts;
  private int cycles;
  private int applies;

  private Soak(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Runs it; exits with 1 if something grows.
   *
   * @param args how long, such as {@code 10m} or {@code 90s}, and a seed
   */
  public static void main(String[] args) throws Exception {
    Duration time = Duration.parse("PT" + (args.length > 0 ? args[0] : "10m"));
    long seed = args.length > 1 ? Long.parseLong(args[1]) : new Random().nextInt(1_000_000);
    System.out.printf("seed\t%d\t\t\t%n", seed);
    Path dir = Files.createTempDirectory("fluke-soak");
    Soak soak = new Soak(seed);
    boolean flat;
    try (SshServer server =
            SshServer.start(dir, "AuthorizedKeysFile .ssh/authorized_keys", "SetEnv LANG=C.UTF-8");
        Accounts accounts = new Accounts(server)) {
      soak.run(time, server, accounts);
      flat = soak.isFlat();
    } finally {
      SshServer.run(List.of("rm", "-rf", dir.toString()));
    }
    System.exit(flat ? 0 : 1);
  }

  /** Each an account of its own, for its own lock, and so that what it runs can be counted. */
  private Reconciler fleet(SshServer server, Accounts made) throws Exception {
    List<Agent> agents = new ArrayList<>();
    for (int i = 0; i < AGENTS; i++) {
      accounts.add(made.add("/bin/sh"));
      CuttingProxy proxy = new CuttingProxy(server.port);
      proxies.add(proxy);
      Ssh ssh = Ssh.to("127.0.0.1").port(proxy.port).user(accounts.get(i)).key(server.key());
      agents.add(Agent.named("h" + i, ssh.hostKey(server.fingerprint())));
    }
    Task stands =
        Task.named("stands")
            .on(everyAgent())
            .step("root", new SoakStep("test -d /", "true"))
            .step("slow", new SoakStep("sleep 0.05; cat /etc/hostname", "true"))
            .build();
    Task mends =
        Task.named("mends")
            .on(everyAgent())
            .step("file", new SoakStep("test -e \"$HOME/made\"", "sleep 0.02; : >\"$HOME/made\""))
            .build();
    return Reconciler.builder().agents(agents).manifest(Manifest.of(stands, mends)).build();
  }

  private void run(Duration time, SshServer server, Accounts made) throws Exception {
    try (Reconciler reconciler = fleet(server, made)) {
      Duration warmUp = time.dividedBy(5);
      go(reconciler, warmUp);
      Duration each = time.minus(warmUp).dividedBy(SAMPLES);
      for (int i = 0; i < SAMPLES; i++) {
        go(reconciler, each);
        sample(reconciler);
      }
    } finally {
      for (CuttingProxy proxy : proxies) {
        proxy.close();
      }
    }
  }

  /** Cycles by hand, which try an unreachable host at once; each with cuts at random bytes. */
  private void go(Reconciler reconciler, Duration time) throws Exception {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - until < 0) {
      for (int i = 0; i < AGENTS; i++) {
        if (random.nextInt(3) == 0) {
          Fault fault = random.nextBoolean() ? Fault.CLOSE : Fault.RESET;
          Way way = random.nextBoolean() ? Way.UP : Way.DOWN;
          proxies.get(i).after(random.nextInt(6000), way, fault);
          cuts++;
        }
        if (random.nextBoolean()) {
          Files.deleteIfExists(Accounts.home(accounts.get(i)).resolve("made"));
          applies++;
        }
      }
      reconciler.reconcile(Scope.all());
      cycles++;
    }
  }

  /** After a cycle without cuts, so that all connections are open and nothing is under way. */
  private void sample(Reconciler reconciler) throws Exception {
    for (CuttingProxy proxy : proxies) {
      proxy.after(Long.MAX_VALUE / 2, Way.UP, Fault.CLOSE);
    }
    reconciler.reconcile(Scope.all());
    Waiting.pause(Duration.ofMillis(500));
    note("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    note("descriptors", (double) system.getOpenFileDescriptorCount());
    note("remote-processes", (double) onHost());
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    note("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024.0);
  }

  private long onHost() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().user().map(accounts::contains).orElse(false))
        .count();
  }

  private void note(String name, Number value) {
    samples.computeIfAbsent(name, unused -> new ArrayList<>()).add(value.doubleValue());
  }

  /**
   * The slack is what comes and goes by chance: one connection's threads, descriptors and processes
   * that end a moment after the sample, and events and memories that fill up to their limits.
   */
  private boolean isFlat() {
    System.out.printf("cycles\t%d\t\t\t%n", cycles);
    System.out.printf("cuts\t%d\t\t\t%n", cuts);
    System.out.printf("applies-due\t%d\t\t\t%n", applies);
    boolean flat = isFlat("heap", "KiB", 512);
    flat &= isFlat("threads", "threads", 4);
    flat &= isFlat("descriptors", "files", 4);
    flat &= isFlat("remote-processes", "processes", 4);
    return flat;
  }

  private boolean isFlat(String name, String unit, double slack) {
    List<Double> all = samples.get(name);
    double second = median(all.subList(SAMPLES / 4, SAMPLES / 2));
    double last = median(all.subList(SAMPLES * 3 / 4, SAMPLES));
    double most = Math.max(second * 1.02, second + slack);
    boolean flat = last <= most;
    System.out.printf("%s-second-quarter\t%.0f\t%s\t\t%n", name, second, unit);
    System.out.printf("%s-last-quarter\t%.0f\t%s\t<=%.0f\t%s%n", name, last, unit, most, flat);
    return flat;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
