package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleReport.Opening;
import dev.fluke.report.CycleReport.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CycleReportTest {
  private static final Instant BEGIN = Instant.parse("2025-03-13T14:22:01Z");
  private static final Instant END = BEGIN.plusSeconds(7);
  private static final TaskReport GOOD = report("web-01", "nginx", Outcome.IN_SYNC);
  private static final TaskReport BAD = report("web-02", "nginx", Outcome.FAILED);
  private static final TaskReport OTHER = report("web-01", "redis", Outcome.REMEDIATED);

  private static TaskReport report(String agent, String task, Outcome outcome) {
    return TaskReport.of(
        agent,
        new TaskReport.Declared(task, DriftPolicy.REMEDIATE, "1"),
        new TaskReport.End(outcome, "", Optional.of(DriftCause.REGRESSED)),
        List.of());
  }

  private static CycleReport of(TaskReport... tasks) {
    return CycleReport.of(
        new Opening(3, Trigger.MANUAL, BEGIN, new Request("ann", "ticket 7")),
        END,
        List.of(tasks),
        List.of("a note"));
  }

  @Test
  void readsAsItWasMade() {
    CycleReport report = of(GOOD, BAD);

    assertThat(report.cycle()).isEqualTo(3);
    assertThat(report.trigger()).isEqualTo(Trigger.MANUAL);
    assertThat(report.actor()).isEqualTo("ann");
    assertThat(report.reason()).isEqualTo("ticket 7");
    assertThat(report.startedAt()).isEqualTo(BEGIN);
    assertThat(report.endedAt()).isEqualTo(END);
    assertThat(report.tasks()).containsExactly(GOOD, BAD);
    assertThat(report.notes()).containsExactly("a note");
    assertThat(report)
        .hasToString(
            """
            cycle 3 (manual)
              nginx on web-01: IN_SYNC REGRESSED
              nginx on web-02: FAILED REGRESSED
              note: a note\
            """);
  }

  @Test
  void succeedsWhenCompleteAndAllTasksSucceeded() {
    assertThat(of(GOOD, OTHER).succeeded()).isTrue();
    assertThat(of().succeeded()).isTrue();
    assertThat(of(GOOD, BAD).succeeded()).isFalse();
    assertThat(of(GOOD).isComplete()).isTrue();
    assertThat(of(GOOD).incomplete().isComplete()).isFalse();
    assertThat(of(GOOD).incomplete().succeeded()).isFalse();
    assertThat(of(GOOD).incomplete().actor()).isEqualTo("ann");
  }

  @Test
  void findsReportsByTaskAndByAgent() {
    CycleReport report = of(GOOD, OTHER, BAD);

    assertThat(report.task("nginx").reports()).containsExactly(GOOD, BAD);
    assertThat(report.task("nginx").on("web-02")).isSameAs(BAD);
    assertThat(report.agent("web-01")).containsExactly(GOOD, OTHER);
    assertThat(report.agent("nobody")).isEmpty();
    assertThatThrownBy(() -> report.task("redis").on("web-02"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "task 'redis' has no outcome on agent 'web-02': "
                + "[redis on web-01: REMEDIATED REGRESSED]");
  }

  @Test
  void keepsItsListsWhenTheCallersChange() {
    List<TaskReport> tasks = new ArrayList<>(List.of(GOOD));
    CycleReport report =
        CycleReport.of(
            new Opening(1, Trigger.START, BEGIN, Request.NONE), END, tasks, new ArrayList<>());
    tasks.clear();

    assertThat(report.tasks()).containsExactly(GOOD);
    assertThat(report.actor()).isEmpty();
    assertThat(report.reason()).isEmpty();
  }
}
