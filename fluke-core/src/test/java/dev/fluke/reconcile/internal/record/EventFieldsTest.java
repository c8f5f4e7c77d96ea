package dev.fluke.reconcile.internal.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.executor.Difference;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepOutcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.source.Revision;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of events and alerts. */
class EventFieldsTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final Event EVENT = Event.of(1, NOW, "something");
  private static final String HEAD =
      "{\"event\":\"something\",\"timestamp\":\"2025-01-01T00:00:00Z\",\"sequence\":1,"
          + "\"cursor\":\"0000000000000000-000000000001\",";
  private static final Agent WEB = Agent.named("web-01").label("role", "web");

  private static EndedTask ended(TaskReport report, CycleReport.Request request) {
    return new EndedTask(WEB, report, true, "held", 7, request);
  }

  private static TaskReport report(String reason, Optional<DriftCause> cause, StepReport... steps) {
    return TaskReport.of(
        "web-01",
        new TaskReport.Declared("nginx", DriftPolicy.ALERT_ONLY, "code-1"),
        new TaskReport.End(Outcome.DRIFTED, reason, cause),
        List.of(steps));
  }

  @Test
  void leavesOutOfATaskWhatItDoesNotHave() {
    EndedTask task = ended(report("", Optional.empty()), CycleReport.Request.NONE);

    assertThat(EventFields.ofTask(EVENT, task).toJson())
        .isEqualTo(
            HEAD
                + """
                "agent":{"name":"web-01","labels":{"role":"web"}},"task":"nginx",\
                "policy":"alert_only","revision":"code-1","cycle":7,"steps":[]}""");
  }

  @Test
  void givesEverythingThatIsKnownOfATask() {
    StepReport drifted =
        new StepReport(
            "run",
            StepOutcome.DRIFTED,
            List.of(new Difference("state", "running", "stopped")),
            "not running");
    StepReport inSync = new StepReport("file", StepOutcome.IN_SYNC, List.of(), "");
    EndedTask task =
        ended(
            report("drifted", Optional.of(DriftCause.REGRESSED), drifted, inSync),
            new CycleReport.Request("ci", "ticket 4", "ann"));

    assertThat(EventFields.ofTask(EVENT, task, "held").toJson())
        .isEqualTo(
            HEAD
                + """
                "agent":{"name":"web-01","labels":{"role":"web"}},"task":"nginx",\
                "policy":"alert_only","remediation_status":"held","cause":"REGRESSED",\
                "message":"drifted","revision":"code-1","cycle":7,"steps":[{"name":"run",\
                "outcome":"DRIFTED","differences":["state should be 'running', is 'stopped'"],\
                "message":"not running"},{"name":"file","outcome":"IN_SYNC"}],\
                "actor":"ci","on_behalf_of":"ann","reason":"ticket 4"}""");
  }

  @Test
  void copiesTheFieldsOfOneEventToAnother() {
    Event facts = EVENT.with("agent", "web-01").with("message", "down").with("outcome", "failure");
    Event as = Event.of(2, NOW, "other");

    Event again = EventFields.again(facts, as);

    assertThat(again.sequence()).isEqualTo(2);
    assertThat(again.type()).isEqualTo("other");
    assertThat(again.fields()).isEqualTo(facts.fields());
  }

  @Test
  void leavesOutOfAnEndWhatIsOverByThen() {
    Event facts =
        EVENT
            .with("task", "nginx")
            .with("remediation_status", "held")
            .with("outcome", "failure")
            .with("message", "down")
            .with("errors", List.of("one"))
            .with("actor", "ann")
            .with("reason", "ticket 4")
            .with("revision", "code-1");

    assertThat(EventFields.ofEnd(facts, Event.of(2, NOW, "end")).fields())
        .containsOnlyKeys("task", "revision");
  }

  @ParameterizedTest
  @CsvSource({
    "REMEDIATED,success",
    "IN_SYNC,success",
    "NON_CONVERGENT,not_convergent",
    "FAILED,failure",
    "UNKNOWN,unknown",
    "CANCELLED,unknown",
    "UNREACHABLE,unknown",
    "SKIPPED,unknown",
    "DRIFTED,unknown"
  })
  void namesTheResultOfAnApply(Outcome outcome, String result) {
    assertThat(EventFields.resultOf(outcome)).isEqualTo(result);
  }

  @Test
  void describesARejectedRevision() {
    assertThat(
            EventFields.ofRefusal(EVENT, "site", "abc", Collections.nCopies(1_101, "e"))
                .fields()
                .get("errors"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(101)
        .endsWith("and 1,001 more; the status has them");
    assertThat(EventFields.ofRefusal(EVENT, "site", "abc", List.of("line 3: no name")).fields())
        .isEqualTo(
            EVENT
                .with("source", "site")
                .with("revision", "abc")
                .with("errors", List.of("line 3: no name"))
                .fields());
  }

  @Test
  void describesTheFirstRevisionOfASource() {
    Event event = EventFields.ofRevision(EVENT, "site", null, Revision.of("abc", Manifest.empty()));

    assertThat(event.toJson())
        .isEqualTo(HEAD + "\"source\":\"site\",\"revision\":\"abc\",\"tasks\":0}");
  }

  @Test
  void escapesWhatTheAuthorOfARevisionWrote() {
    Revision before = Revision.of("abc", Manifest.empty());
    Revision revision =
        Revision.of("def", Manifest.empty())
            .madeBy("Ann\u001b[31m", "Say\nhello", NOW)
            .remarks(List.of("one\tremark"));

    Event event = EventFields.ofRevision(EVENT, "site", before, revision);

    assertThat(event.field("previous")).contains("abc");
    assertThat(event.field("tasks")).contains("0");
    assertThat(event.fields().toString()).doesNotContainPattern("\\p{Cntrl}");
    assertThat(event.fields()).containsKeys("author", "subject", "remarks");
  }
}
