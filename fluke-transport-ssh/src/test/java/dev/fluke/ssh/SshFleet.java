package dev.fluke.ssh;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Many hosts, which are few real servers with many ports each. */
final class SshFleet implements AutoCloseable {
  /** So many ports does OpenSSH listen on. */
  private static final int PORTS = 16;

  private final List<SshServer> servers = new ArrayList<>();
  private final List<Ssh> ways = new ArrayList<>();

  private SshFleet() {}

  static SshFleet of(int size, Path dir) throws Exception {
    SshFleet fleet = new SshFleet();
    while (fleet.ways.size() < size) {
      fleet.addServer(Math.min(PORTS, size - fleet.ways.size()), dir);
    }
    return fleet;
  }

  private void addServer(int number, Path dir) throws Exception {
    Set<Integer> ports = new TreeSet<>();
    while (ports.size() < number - 1) {
      ports.add(SshServer.freePort());
    }
    String[] settings = ports.stream().map(port -> "Port " + port).toArray(String[]::new);
    SshServer server = SshServer.start(dir, settings);
    servers.add(server);
    if (!ports.add(server.port) || server.log().contains("Address already in use")) {
      return; // somebody was quicker: another is added
    }
    for (int port : ports) {
      ways.add(Ssh.to("127.0.0.1").port(port).key(server.key()).hostKey(server.fingerprint()));
    }
  }

  List<Ssh> ways() {
    return ways;
  }

  /** The processes that serve a connection each. */
  int connections() {
    return servers.stream().mapToInt(server -> server.connections().size()).sum();
  }

  /** How many checks were answered, and when the last one was. */
  static final class Answered {
    private final AtomicInteger count = new AtomicInteger();
    private volatile long lastAt = System.nanoTime();

    void note() {
      lastAt = System.nanoTime();
      count.incrementAndGet();
    }

    int count() {
      return count.get();
    }

    long lastAt() {
      return lastAt;
    }
  }

  /** A check that notes that it was answered. */
  record Noting(Answered answered) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.of("test", "-d", "/");
    }

    @Override
    public CheckResult interpret(CommandResult result) {
      answered.note();
      return CommandCheck.super.interpret(result);
    }

    @Override
    public void apply(Host host) {}
  }

  /** Agents with these hosts, and one check on each. */
  static Reconciler over(List<Ssh> ways, Answered answered) {
    Task task = Task.named("stands").on(everyAgent()).step("root", new Noting(answered)).build();
    List<Agent> agents = new ArrayList<>();
    for (Ssh way : ways) {
      agents.add(Agent.named("h" + agents.size(), way));
    }
    return Reconciler.builder().agents(agents).manifest(Manifest.of(task)).build();
  }

  @Override
  public void close() throws Exception {
    for (SshServer server : servers) {
      server.close();
    }
  }
}
