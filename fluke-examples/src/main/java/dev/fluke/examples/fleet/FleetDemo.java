package dev.fluke.examples.fleet;

import dev.fluke.agent.Agent;
import dev.fluke.examples.demo.Act;
import dev.fluke.examples.demo.Stage;
import dev.fluke.manifest.DriftCause;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.request.Scope;
import dev.fluke.source.git.GitSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Six real hosts in three roles, kept as a Git repository says that declares files, units, tasks of
 * mise and commands: rolled out, messed up, healed.
 */
final class FleetDemo implements AutoCloseable {
  private static final List<Role> ROLES =
      List.of(Role.WEB, Role.WEB, Role.WEB, Role.DB, Role.WORKER, Role.WORKER);

  private final Stage stage = new Stage();
  private final Sent sent = new Sent();
  private final Chronicle chronicle = new Chronicle();
  private final FleetHosts hosts;
  private final FleetRepository repository;
  private final Mess mess;
  private final Reconciler reconciler;

  private FleetDemo(FleetHosts hosts, FleetRepository repository, long seed) {
    this.hosts = hosts;
    this.repository = repository;
    mess = Mess.of(seed, hosts.all());
    reconciler = Reconciler.builder().source(GitSource.at(repository.url())).build();
  }

  private Agent agent(FleetHost host) {
    return Agent.named(host.name(), sent.over(host.ssh())).label("role", host.role().label());
  }

  /**
   * Ends with 0 if every act happened.
   *
   * @param args the script that boots hosts; then, if wanted, the seed of the mess
   */
  public static void main(String[] args) throws Exception {
    long seed = args.length > 1 ? Long.parseLong(args[1]) : new Random().nextInt(1_000_000);
    Path dir = Files.createTempDirectory("fluke-fleet");
    int exit;
    try (FleetHosts hosts = FleetHosts.boot(args[0], dir.resolve("hosts"), ROLES);
        FleetDemo fleet = new FleetDemo(hosts, FleetRepository.in(dir.resolve("infra")), seed)) {
      exit = fleet.play(seed);
    } finally {
      delete(dir);
    }
    System.exit(exit);
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private int play(long seed) {
    return stage.play(
        List.of(
            new Act("six new hosts join, and become what their roles are", this::rollOut),
            new Act("all is in sync, and no apply is sent", this::inSync),
            new Act("somebody makes a mess", () -> messUp(seed)),
            new Act("a plan finds all of it, and touches nothing", this::plan),
            new Act("one cycle heals it, and nothing else", this::heal),
            new Act("a commit changes the page, on the web servers only", this::commit),
            new Act("another cycle applies nothing", this::restsInSync)));
  }

  private boolean rollOut() throws Exception {
    reconciler.cycle(); // knows the repository, and nobody yet: so these hosts are known to be new
    for (FleetHost host : hosts.all()) {
      stage.say(host.name() + ": a new host, at " + host.ssh());
      reconciler.put(agent(host));
    }
    CycleReport report = cycle("roll-out");
    sayChanges(report);
    return !report.tasks().isEmpty()
        && report.tasks().stream().allMatch(task -> healed(task, DriftCause.NEVER_APPLIED))
        && isAsDeclared();
  }

  private void sayChanges(CycleReport report) {
    for (TaskReport task : report.tasks()) {
      if (task.outcome() != Outcome.IN_SYNC) {
        stage.say(task + ": " + applied(task));
      }
    }
  }

  private static String applied(TaskReport task) {
    return task.steps().stream()
        .filter(step -> step.outcome() == StepOutcome.APPLIED)
        .map(StepReport::step)
        .collect(Collectors.joining(", "));
  }

  private static boolean healed(TaskReport task, DriftCause cause) {
    return task.outcome() == Outcome.REMEDIATED && task.cause().equals(Optional.of(cause));
  }

  private boolean inSync() throws Exception {
    return appliesNothing("again") && isAsDeclared();
  }

  private boolean appliesNothing(String name) {
    sent.forget();
    CycleReport report = cycle(name);
    long steps = report.tasks().stream().mapToLong(task -> task.steps().size()).sum();
    stage.say(
        "%d steps on %d hosts, asked in %d round trips; commands of applies: %d"
            .formatted(steps, hosts.all().size(), sent.roundTrips(), sent.applies()));
    return report.tasks().stream().allMatch(task -> task.outcome() == Outcome.IN_SYNC)
        && sent.applies() == 0;
  }

  private boolean messUp(long seed) throws Exception {
    stage.say("the seed of this mess is " + seed);
    for (Mess.Done done : mess.all()) {
      done.make();
      stage.say(done.toString());
    }
    return notAsDeclared().equals(mess.hosts());
  }

  private boolean plan() {
    sent.forget();
    Set<TaskOn> found = new HashSet<>();
    for (Plan.PlannedTask task : reconciler.plan(Scope.all()).tasks()) {
      if (task.cause().equals(Optional.of(DriftCause.REGRESSED))) {
        found.add(new TaskOn(task.agent(), task.task()));
        sayDrift(task);
      }
    }
    return found.equals(mess.tasks()) && sent.applies() == 0;
  }

  private void sayDrift(Plan.PlannedTask task) {
    for (Plan.PlannedStep step : task.steps()) {
      if (step.verdict() != Plan.Verdict.IN_SYNC) {
        stage.say(Stage.beginning("%s on %s: %s".formatted(task.task(), task.agent(), step)));
      }
    }
  }

  private boolean heal() throws Exception {
    CycleReport report = cycle("mess");
    sayChanges(report);
    Set<TaskOn> damaged = mess.tasks();
    return onlyHealed(report, task -> damaged.contains(TaskOn.of(task)), DriftCause.REGRESSED)
        && isAsDeclared();
  }

  private boolean commit() throws Exception {
    Path page = repository.file("web/index.html");
    Files.writeString(page, Files.readString(page).replace("in stock", "half the price"));
    stage.say("commit " + repository.commit("Announce the sale") + ": Announce the sale");
    CycleReport report = cycle("commit");
    sayChanges(report);
    return onlyHealed(report, task -> task.task().equals("site"), DriftCause.DESIRED_CHANGED)
        && isAsDeclared();
  }

  /** Whether just these were healed, for this cause, and all others were in sync. */
  private static boolean onlyHealed(
      CycleReport report, Predicate<TaskReport> these, DriftCause cause) {
    return report.tasks().stream()
        .allMatch(
            task -> these.test(task) ? healed(task, cause) : task.outcome() == Outcome.IN_SYNC);
  }

  private boolean restsInSync() throws Exception {
    boolean right = appliesNothing("the end") && isAsDeclared();
    chronicle.lines().forEach(stage::say);
    return right;
  }

  private CycleReport cycle(String name) {
    CycleReport report = reconciler.cycle();
    chronicle.add(name, report);
    report.notes().forEach(stage::say);
    return report;
  }

  private boolean isAsDeclared() throws Exception {
    return notAsDeclared().isEmpty();
  }

  /** The hosts where something is not as it should be, as they say themselves over ssh. */
  private Set<String> notAsDeclared() throws Exception {
    Set<String> wrong = new TreeSet<>();
    int facts = 0;
    for (FleetHost host : hosts.all()) {
      List<Fact> asked = Fact.of(host.role(), repository);
      facts += asked.size();
      List<String> untrue = host.untrue(asked);
      untrue.forEach(words -> stage.say("ssh " + host.name() + ": not so: " + words));
      if (!untrue.isEmpty()) {
        wrong.add(host.name());
      }
    }
    stage.say(
        "checked by ssh, without Fluke: " + facts + " facts, untrue on " + wrong.size() + " hosts");
    return wrong;
  }

  @Override
  public void close() {
    reconciler.close();
  }
}
