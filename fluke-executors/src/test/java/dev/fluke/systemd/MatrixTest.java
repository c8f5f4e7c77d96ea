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
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every state that a unit can be left in, with everything that can be declared of it. */
@Tag("slow")
class MatrixTest {
  private static final String SERVICE =
      "[Service]\nType=exec\nExecStart=sleep infinity\n[Install]\nWantedBy=multi-user.target";

  /** What the check of a unit could have written to. */
  private static final String FILES =
      "find /etc /run/systemd/system /usr/lib/systemd -printf '%p %l %m %s %T@\\n' | sort";

  @RegisterExtension static final SystemdHosts hosts = new SystemdHosts();

  @Tag("X07")
  @Tag("R27")
  @Tag("R31")
  @ParameterizedTest
  @ValueSource(strings = {"root", "fluke"})
  void healsEveryTransitionInOneCycleAndOneRoundTrip(String login) throws Exception {
    List<Cell> cells = Cell.all("m-" + login);
    Map<RealHost, List<Cell>> spread = spread(cells);
    if (login.equals("fluke")) {
      spread.forEach(MatrixTest::allow);
    }
    spread.entrySet().parallelStream().forEach(each -> leave(each.getKey(), each.getValue()));
    Map<RealHost, Journal> ways = new LinkedHashMap<>();
    spread.keySet().forEach(host -> ways.put(host, new Journal(host.as(login))));
    try (Reconciler reconciler = reconciler(spread, ways)) {
      Map<RealHost, String> before = files(spread);
      reconciler.plan(Scope.all());
      assertThat(files(spread)).as("a check writes nothing").isEqualTo(before);

      ways.values().forEach(Journal::clear);
      CycleReport healing = reconciler.cycle();
      ways.forEach(
          (host, way) ->
              assertThat(way.asked().get(0))
                  .as("one round trip")
                  .isEqualTo(spread.get(host).size()));
      assertOutcomes(spread, healing);

      ways.values().forEach(Journal::clear);
      Map<RealHost, String> healed = files(spread);
      CycleReport second = reconciler.cycle();
      spread.forEach((host, own) -> assertThat(ways.get(host).acted()).isEmpty());
      assertThat(files(spread)).isEqualTo(healed);
      for (Cell cell : cells) {
        Outcome quiet = cell.expected() == Outcome.FAILED ? Outcome.DRIFTED : Outcome.IN_SYNC;
        assertThat(outcome(second, cell, spread)).as("%s", cell).isEqualTo(quiet);
      }
      for (RealHost host : List.of(hosts.host(1), hosts.host(2))) {
        reconciler.reconcile(ManualRun.of(Scope.agent(host.name())).force());
      }
      assertThat(files(spread)).as("applied twice is applied once").isEqualTo(healed);
    }
    spread.forEach(MatrixTest::assertByHand);
  }

  private static Map<RealHost, List<Cell>> spread(List<Cell> cells) {
    Map<RealHost, List<Cell>> spread = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      RealHost host = hosts.all().get((i + i / 6) % 6);
      spread.computeIfAbsent(host, key -> new ArrayList<>()).add(cells.get(i));
    }
    return spread;
  }

  /** The lines of the documentation, for each unit. */
  private static void allow(RealHost host, List<Cell> cells) {
    host.file(
        "/etc/sudoers.d/matrix",
        cells.stream().map(cell -> sudoers(cell.unit())).collect(joining("\n")));
    host.sh("chmod 440 /etc/sudoers.d/matrix && visudo -cq");
  }

  static String sudoers(String unit) {
    try {
      String page = Files.readString(Path.of("../docs/systemd.md"));
      Matcher block =
          Pattern.compile("```\n(# /etc/sudoers.d/fluke\n.*?)```", Pattern.DOTALL).matcher(page);
      assertThat(block.find()).as("sudoers lines in docs/systemd.md").isTrue();
      return block.group(1).replace("nginx.service", unit);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void leave(RealHost host, List<Cell> cells) {
    host.units(cells.stream().map(Cell::unit).toList(), SERVICE);
    host.sh("set -e; systemctl daemon-reload; " + Cell.breaking(cells));
    Map<Cell, String> found = words(host, cells);
    for (Cell cell : cells) {
      assertThat(found.get(cell)).as("%s", cell).isEqualTo(cell.now() + " " + cell.file());
    }
  }

  /** What is-active and is-enabled say of each. */
  private static Map<Cell, String> words(RealHost host, List<Cell> cells) {
    String units = cells.stream().map(Cell::unit).collect(joining(" "));
    List<String> active = host.tried("systemctl is-active " + units).stdout().lines().toList();
    List<String> file = host.tried("systemctl is-enabled " + units).stdout().lines().toList();
    Map<Cell, String> words = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      words.put(cells.get(i), active.get(i) + " " + file.get(i));
    }
    return words;
  }

  private static Reconciler reconciler(
      Map<RealHost, List<Cell>> spread, Map<RealHost, Journal> ways) {
    List<Task> tasks = new ArrayList<>();
    ReconcilerBuilder builder = Reconciler.builder();
    spread.forEach(
        (host, cells) -> {
          for (Cell cell : cells) {
            tasks.add(
                Task.named(cell.unit())
                    .on(label("host").is(host.name()))
                    .step("unit", cell.declared())
                    .build());
          }
        });
    ways.forEach(
        (host, way) -> builder.agent(Agent.named(host.name(), way).label("host", host.name())));
    return builder.manifest(Manifest.of(tasks.toArray(Task[]::new))).build();
  }

  private static Map<RealHost, String> files(Map<RealHost, List<Cell>> spread) {
    Map<RealHost, String> files = new LinkedHashMap<>();
    spread.keySet().forEach(host -> files.put(host, host.sh(FILES)));
    return files;
  }

  private static Outcome outcome(CycleReport report, Cell cell, Map<RealHost, List<Cell>> spread) {
    RealHost host =
        spread.entrySet().stream()
            .filter(each -> each.getValue().contains(cell))
            .findFirst()
            .orElseThrow()
            .getKey();
    return report.task(cell.unit()).on(host.name()).outcome();
  }

  private static void assertOutcomes(Map<RealHost, List<Cell>> spread, CycleReport report) {
    List<String> wrong = new ArrayList<>();
    spread.forEach(
        (host, cells) -> {
          for (Cell cell : cells) {
            var task = report.task(cell.unit()).on(host.name());
            if (task.outcome() != cell.expected()) {
              wrong.add(cell + ": " + task + " " + task.steps());
            }
          }
        });
    assertThat(wrong).isEmpty();
  }

  private static void assertByHand(RealHost host, List<Cell> cells) {
    Map<Cell, String> found = words(host, cells);
    for (Cell cell : cells) {
      String[] words = found.get(cell).split(" ", -1);
      if (cell.expected() != Outcome.FAILED) {
        assertThat(cell.verify(words[0], words[1])).as("%s; now %s", cell, List.of(words)).isTrue();
      }
    }
  }

  @Test
  void bootsSixDistinctHosts() {
    assertThat(hosts.all()).hasSize(6);
    assertThat(hosts.all().stream().map(host -> host.sh("cat /etc/machine-id")).distinct())
        .hasSize(6);
    hosts.all().forEach(host -> assertThat(host.sh("cat /proc/1/comm")).isEqualTo("systemd"));
  }
}
