package dev.fluke.systemd;

import static dev.fluke.agent.Selector.label;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.hosts.Journal;
import dev.fluke.hosts.RealHost;
import dev.fluke.hosts.SystemdHosts;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Timers, sockets, templates and so on, and units in trouble: healed, or told why they can't be.
 */
@Tag("slow")
class UnitKindsTest {
  private static final String BOOT = "[Install]\nWantedBy=multi-user.target";

  @RegisterExtension static final SystemdHosts hosts = new SystemdHosts();

  @Tag("X07")
  @ParameterizedTest
  @ValueSource(strings = {"root", "fluke"})
  void healsOrReportsEachCaseOnce(String login) {
    List<Case> cases = new ArrayList<>(UnitCases.all("k" + login));
    cases.addAll(UnitCases.files("f" + login, login.equals("root")));
    cases.parallelStream().forEach(one -> host(cases, one).sh("set -e\n" + one.setUp()));
    if (login.equals("fluke")) {
      hosts.all().forEach(host -> allow(host, cases));
    }
    Map<RealHost, Journal> ways = new LinkedHashMap<>();
    hosts.all().forEach(host -> ways.put(host, new Journal(host.as(login))));
    List<String> wrong = new ArrayList<>();
    try (Reconciler reconciler = reconciler(cases, ways)) {
      CycleReport first = reconciler.cycle();
      cases.forEach(one -> compare(one, report(cases, one, first), one.first(), wrong));
      assertThat(wrong).isEmpty();

      ways.values().forEach(Journal::clear);
      CycleReport second = reconciler.cycle();
      cases.forEach(one -> compare(one, report(cases, one, second), one.second(), wrong));
      assertThat(wrong).isEmpty();
      assertThat(ways.values()).allSatisfy(way -> assertThat(way.acted()).isEmpty());
    }
    for (Case one : cases) {
      assertThat(host(cases, one).tried(one.holds()).succeeded()).as("%s", one).isTrue();
    }
  }

  @Tag("X07")
  @Test
  void reloadsFilesBeforeItRefusesAUnit() throws Exception {
    RealHost host = hosts.host(1);
    host.unit("r-typo.service", "[Service]\nExecStart=./sleep infinity\n" + BOOT)
        .unit("r-once.service", "[Service]\nType=oneshot\nExecStart=true\n" + BOOT);
    host.sh("ln -s /dev/null /etc/systemd/system/r-mask.service; systemctl daemon-reload");
    host.sh("systemctl show r-typo.service r-once.service r-mask.service >/dev/null");
    host.sh("rm /etc/systemd/system/r-mask.service");
    for (String unit : List.of("r-typo", "r-once", "r-mask")) {
      host.unit(unit + ".service", "[Service]\nExecStart=sleep infinity\n" + BOOT);
    }
    Task task =
        Task.named("t")
            .on(label("host").is("h1"))
            .step("typo", Systemd.unit("r-typo.service"))
            .step("once", Systemd.unit("r-once.service").enabledUnmanaged())
            .step("mask", Systemd.unit("r-mask.service").enabledUnmanaged())
            .build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("h1", host.as("root")).label("host", "h1"))
            .manifest(Manifest.of(task))
            .build()) {
      TaskReport report = reconciler.cycle().task("t").on("h1");
      assertThat(report.outcome()).as("%s", report.steps()).isEqualTo(Outcome.REMEDIATED);
      assertThat(reconciler.cycle().task("t").on("h1").outcome()).isEqualTo(Outcome.IN_SYNC);
    }
  }

  private static RealHost host(List<Case> cases, Case one) {
    return hosts.all().get(cases.indexOf(one) % hosts.all().size());
  }

  private static TaskReport report(List<Case> cases, Case one, CycleReport report) {
    return report.task("task-" + cases.indexOf(one)).on(host(cases, one).name());
  }

  private static void compare(Case one, TaskReport found, Outcome wanted, List<String> wrong) {
    String said = found.steps().get(0).message();
    boolean told = wanted != one.first() || said.contains(one.said());
    if (found.outcome() != wanted || !told) {
      wrong.add(
          one.declared() + ": wanted " + wanted + " " + one.said() + ", is " + found + " " + said);
    }
  }

  /** The documented lines, for the units themselves: that of an alias is the one behind it. */
  private static void allow(RealHost host, List<Case> cases) {
    String lines =
        cases.stream()
            .map(one -> one.declared().toString().split(":? ", -1)[0])
            .map(UnitFileCases::realName)
            .map(unit -> MatrixTest.sudoers(Systemctl.inSudoers(unit)))
            .collect(joining("\n"));
    host.file("/etc/sudoers.d/kinds", lines);
    host.sh("chmod 440 /etc/sudoers.d/kinds && visudo -cq");
  }

  private static Reconciler reconciler(List<Case> cases, Map<RealHost, Journal> ways) {
    ReconcilerBuilder builder = Reconciler.builder();
    ways.forEach(
        (host, way) -> builder.agent(Agent.named(host.name(), way).label("host", host.name())));
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      tasks.add(
          Task.named("task-" + i)
              .on(label("host").is(host(cases, cases.get(i)).name()))
              .step("unit", cases.get(i).declared())
              .build());
    }
    return builder.manifest(Manifest.of(tasks.toArray(Task[]::new))).build();
  }
}
