package dev.fluke.tests.event;

import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;
import static dev.fluke.manifest.DriftPolicy.REMEDIATE;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.event.Event;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.alert.Receiver;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What subscribers and stores are given: each event as a whole, as its file says. */
@Tag("rule-29")
@Tag("R23")
class EventJsonTest {
  private final FlukeKit kit = FlukeKit.create();
  private final ScriptedSource source = new ScriptedSource("infra");
  private final FakeHost web = kit.agent("web-01", Map.of("role", "web"));
  private final FakeState nginx = web.pair("check nginx", "fix nginx").healthy();
  private final List<Event> heard = new ArrayList<>();

  /** What happens before an event comes, by its type. */
  private final Map<String, Runnable> stories =
      Map.ofEntries(
          entry("drift_detected", () -> found(ALERT_ONLY)),
          entry("drift_remediated", () -> found(REMEDIATE)),
          entry("drift_resolved", this::foundAndMendedBySomebodyElse),
          entry("check_unknown", this::notKnown),
          entry("check_unknown_resolved", this::notKnownForAWhile),
          entry("task_skipped", this::anApplyStillRuns),
          entry("task_cancelled", this::removedInTheMiddle),
          entry("agent_unreachable", this::outOfReach),
          entry("agent_unreachable_resolved", this::outOfReachForAWhile),
          entry("agent_added", this::anAgentComes),
          entry("agent_changed", this::anAgentComesAndChanges),
          entry("agent_removed", this::anAgentComesAndGoes),
          entry("agents_kept", this::noInventory),
          entry("manual_run", this::askedForByHand),
          entry("revision_adopted", this::anotherCommit),
          entry("source_broken", this::brokenCommit),
          entry("source_emptied", this::emptyCommit),
          entry("source_unreachable", this::sourceAway),
          entry("source_recovered", this::sourceAwayForAWhile),
          entry("warning", this::aSelectorThatMatchesNobody),
          entry("events_dropped", this::aSubscriberThatHangs),
          entry("incident_opened", () -> found(ALERT_ONLY)),
          entry("incident_reopened", this::foundMendedAndFoundAgain),
          entry("incident_reminded", this::foundAndLeftForADay),
          entry("incident_closed", this::foundAndMendedBySomebodyElse),
          entry("event_store_failing", () -> ScriptedStore.failsForAMinute(kit, heard)),
          entry("event_store_failing_resolved", () -> ScriptedStore.failsForAMinute(kit, heard)),
          entry("alert_undelivered", this::nobodyTakesTheAlert));

  @BeforeEach
  void aMinuteBeforeItHappens() {
    kit.time().startingAt(Instant.parse("2025-03-13T14:21:01Z"));
    kit.source(source);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @ParameterizedTest
  @MethodSource("dev.fluke.tests.event.Golden#events")
  void isAsItsFileSays(String type) {
    requireNonNull(stories.get(type), () -> "nobody tells how " + type + " comes about").run();
    heard.addAll(kit.events());
    Event event =
        heard.stream()
            .filter(each -> each.type().equals(type))
            .reduce((first, second) -> second)
            .orElseThrow();

    assertThat(
            Golden.readable(event.toJson().replace(event.field("id").orElse(Golden.ID), Golden.ID)))
        .isEqualTo(Golden.text("events", type));
  }

  @Test
  void eachStoryHasAFile() {
    assertThat(Golden.events()).isEqualTo(new TreeSet<>(stories.keySet()));
  }

  private static Task task(DriftPolicy policy) {
    return Pair.builder("nginx").onDrift(policy).build();
  }

  private void cycleAfterAMinute() {
    kit.runFor(Duration.ofMinutes(1));
    kit.cycle();
  }

  /** In sync at 14:21:01, whatever comes a minute later. */
  private void inSync(DriftPolicy policy) {
    source.has("4f2d9c1", task(policy));
    kit.cycle();
  }

  private void found(DriftPolicy policy) {
    inSync(policy);
    nginx.broken();
    cycleAfterAMinute();
  }

  private void foundAndMendedBySomebodyElse() {
    found(ALERT_ONLY);
    nginx.healthy();
    cycleAfterAMinute();
  }

  private void foundMendedAndFoundAgain() {
    foundAndMendedBySomebodyElse();
    nginx.broken();
    cycleAfterAMinute();
  }

  private void foundAndLeftForADay() {
    found(ALERT_ONLY);
    kit.runFor(Duration.ofDays(1));
  }

  private void notKnown() {
    inSync(REMEDIATE);
    nginx.checkAnswers(75);
    cycleAfterAMinute();
  }

  private void notKnownForAWhile() {
    notKnown();
    nginx.healthy();
    cycleAfterAMinute();
  }

  private void anApplyStillRuns() {
    web.locked(true);
    found(REMEDIATE);
  }

  private void removedInTheMiddle() {
    inSync(REMEDIATE);
    nginx.checkTakes(Duration.ofSeconds(5));
    kit.time().after(Duration.ofSeconds(61), () -> kit.reconciler().remove("web-01"));
    cycleAfterAMinute();
  }

  private void outOfReach() {
    web.unreachable("connection refused");
    inSync(REMEDIATE);
  }

  private void outOfReachForAWhile() {
    outOfReach();
    web.reachable();
    cycleAfterAMinute();
  }

  private void anAgentComes() {
    inSync(REMEDIATE);
    kit.reconciler().put(Agent.named("billing").label("role", "api"));
  }

  private void anAgentComesAndChanges() {
    anAgentComes();
    kit.reconciler().put(Agent.named("billing").label("role", "web"));
  }

  private void anAgentComesAndGoes() {
    anAgentComes();
    kit.reconciler().remove("billing");
  }

  /** In a fleet of its own: agents are either named or supplied. */
  private void noInventory() {
    try (FlukeKit supplied = FlukeKit.create()) {
      supplied.time().startingAt(kit.time().now());
      supplied.configure(
          builder ->
              builder.agents(
                  () -> {
                    if (supplied.time().nanoTime() > 0) {
                      throw new IllegalStateException("no inventory today");
                    }
                    return List.of(Agent.named("web-01", web));
                  }));
      supplied.manifest(task(REMEDIATE)).start().runFor(Duration.ofMinutes(2));
      heard.addAll(supplied.events());
    }
  }

  private void askedForByHand() {
    found(ALERT_ONLY);
    kit.reconciler()
        .reconcile(ManualRun.of(Scope.task("nginx").on("web-01")).by("ann").because("ticket 7"));
  }

  private void anotherCommit() {
    inSync(REMEDIATE);
    Revision commit =
        Revision.of("81b0a77", Manifest.of(task(ALERT_ONLY)))
            .madeBy("Ann", "Alert, don't heal", kit.time().now());
    source.says(() -> new News.Good(commit.remarks(List.of("lib.fluke.yaml: is a link"))));
    cycleAfterAMinute();
  }

  private void brokenCommit() {
    inSync(REMEDIATE);
    List<String> errors = List.of("web.fluke.yaml:6:9: task 'nginx': unknown step kind 'shel'");
    source.says(() -> new News.Broken("81b0a77", errors));
    cycleAfterAMinute();
  }

  private void emptyCommit() {
    inSync(REMEDIATE);
    source.has("81b0a77");
    cycleAfterAMinute();
  }

  private void sourceAway() {
    inSync(REMEDIATE);
    source.says(
        () -> {
          throw SourceUnavailableException.because("connection refused");
        });
    cycleAfterAMinute();
  }

  private void sourceAwayForAWhile() {
    sourceAway();
    source.says(News.Unchanged::new);
    cycleAfterAMinute();
  }

  private void aSelectorThatMatchesNobody() {
    source.has(
        "4f2d9c1",
        Task.named("nginx")
            .on(Selector.label("role").is("wbe"))
            .step("step", Pair.of("nginx"))
            .build());
    kit.cycle();
  }

  private void aSubscriberThatHangs() {
    CompletableFuture<Void> wake = new CompletableFuture<>();
    kit.configure(
        builder ->
            builder.subscriber(
                event -> {
                  heard.add(event);
                  kit.time().await(wake, Duration.ofDays(365));
                }));
    inSync(REMEDIATE);
    for (int i = 0; i < 510; i++) {
      nginx.broken();
      kit.cycle();
    }
    wake.complete(null);
    kit.runFor(Duration.ofSeconds(1));
  }

  private void nobodyTakesTheAlert() {
    Receiver.of(kit).isDown();
    found(ALERT_ONLY);
    kit.runFor(Duration.ofMinutes(10));
  }
}
