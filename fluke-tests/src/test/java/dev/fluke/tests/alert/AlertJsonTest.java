package dev.fluke.tests.alert;

import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;
import static dev.fluke.manifest.DriftPolicy.REMEDIATE;
import static dev.fluke.manifest.DriftPolicy.REMEDIATE_AND_ALERT;
import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Selector;
import dev.fluke.alert.Alert;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FakeState;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.event.Golden;
import dev.fluke.tests.event.ScriptedStore;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Doing;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON of each alert, compared with a file as a whole. */
@Tag("rule-28")
@Tag("R22")
@Tag("R23")
class AlertJsonTest {
  private static final String CHECK = "openssl x509 -in cert.pem -checkend 2592000 -noout";
  private static final String RENEW = "certbot renew";

  private final FlukeKit kit = FlukeKit.create();
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private final ScriptedSource source = new ScriptedSource("infra");
  private final FakeHost web = kit.agent("web-01", Map.of("role", "web"));
  private final FakeState certificate = web.pair(CHECK, RENEW).healthy();

  /** What happens before an alert comes, by the name of the file that holds it. */
  private final Map<String, Runnable> stories =
      Map.ofEntries(
          entry("drift_detected-pending_manual", () -> found(ALERT_ONLY)),
          entry("drift_detected-in_progress", () -> found(REMEDIATE_AND_ALERT)),
          entry("drift_detected-held", this::foundAfterAnApplyOfUnknownEnd),
          entry("drift_remediated-success", () -> found(REMEDIATE_AND_ALERT)),
          entry("drift_remediated-by_hand", this::foundAndAppliedByHand),
          entry("drift_remediated-failure", () -> foundAndApplyFailed(REMEDIATE_AND_ALERT)),
          entry("drift_remediated-not_convergent", this::foundAndAppliedForNothing),
          entry("drift_remediated-unknown", this::foundAndLostInTheApply),
          entry("drift_resolved", this::foundAndFixedOutsideFluke),
          entry("drift_resolved-task_gone", this::foundAndTaskRemoved),
          entry("drift_reminder", this::foundAndLeftForADay),
          entry("remediation_failed", () -> foundAndApplyFailed(REMEDIATE)),
          entry("remediation_failed_resolved", this::foundAndAppliedLater),
          entry("agent_unreachable", this::agentUnreachable),
          entry("agent_unreachable_resolved", this::unreachableForAWhile),
          entry("agent_stuck", this::agentStuck),
          entry("agent_stuck_resolved", this::stuckForAWhile),
          entry("check_unknown", this::checkUnknown),
          entry("check_unknown_resolved", this::checkUnknownForAWhile),
          entry("source_broken", this::brokenCommit),
          entry("source_broken_resolved", this::brokenCommitFixed),
          entry("event_store_failing", this::storeFailsForAMinute),
          entry("event_store_failing_resolved", this::storeFailsForAMinute));

  @BeforeEach
  void aMinuteBeforeItHappens() {
    kit.time().startingAt(Instant.parse("2025-03-13T14:21:01Z"));
    kit.source(source);
  }

  @AfterEach
  void close() {
    letGo.complete(null);
    kit.close();
  }

  static Set<String> files() {
    return Golden.names("alerts");
  }

  @ParameterizedTest
  @MethodSource("files")
  void writesEachAlertAsItsFileSays(String file) {
    Alert alert = alertOf(file);

    assertThat(Golden.readable(alert.toJson().replace(alert.id(), Golden.ID)))
        .isEqualTo(Golden.text("alerts", file));
    assertThat(alert.id()).matches("[0-9a-f]{32}");
  }

  @Test
  void hasAFileForEachEventAndAStoryForEachFile() {
    assertThat(files()).isEqualTo(new TreeSet<>(stories.keySet()));
    assertThat(files().stream().map(AlertJsonTest::event).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Alert.EVENTS);
  }

  @Test
  void writesTheDocumentedDrift() {
    assertThat(alertOf("drift_detected-pending_manual").toJson())
        .startsWith(
            "{\"event\":\"drift_detected\",\"timestamp\":\"2025-03-13T14:22:01Z\","
                + "\"agent\":{\"name\":\"web-01\",\"labels\":{\"role\":\"web\"}},"
                + "\"task\":\"rotate_certificates\",\"policy\":\"alert_only\","
                + "\"remediation_status\":\"pending_manual\",");
  }

  @Test
  void writesTheDocumentedRemediation() {
    assertThat(alertOf("drift_remediated-success").toJson())
        .startsWith(
            "{\"event\":\"drift_remediated\",\"timestamp\":\"2025-03-13T14:22:08Z\","
                + "\"agent\":{\"name\":\"web-01\",")
        .contains("},\"task\":\"rotate_certificates\",", ",\"outcome\":\"success\",");
  }

  @Test
  void writesTimesInUtcToTheMillisecond() {
    kit.time().startingAt(Instant.parse("2025-03-13T14:21:01.123456789Z"));

    assertThat(alertOf("drift_reminder").toJson())
        .contains(
            "\"timestamp\":\"2025-03-14T14:22:01.123Z\"", "\"since\":\"2025-03-13T14:22:01.123Z\"");
  }

  /** Plays the story of a file, and returns the last alert of the file's event. */
  private Alert alertOf(String file) {
    requireNonNull(stories.get(file), () -> "no story makes " + file).run();
    return kit.alerts().stream()
        .filter(alert -> alert.event().equals(event(file)))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static String event(String file) {
    return file.replaceFirst("-.*", "");
  }

  private static Task certificates(DriftPolicy policy, Executor renew) {
    return Task.named("rotate_certificates")
        .on(Selector.label("role").is("web"))
        .onDrift(policy)
        .step("renew", renew)
        .build();
  }

  private void commit(String id, DriftPolicy policy) {
    source.has(id, certificates(policy, new Pair(CHECK, RENEW)));
  }

  private void cycleAfter(Duration time) {
    kit.runFor(time);
    kit.cycle();
  }

  /** In sync at 14:21:01, and found drifted a minute later. */
  private void found(DriftPolicy policy) {
    certificate.applyTakes(Duration.ofSeconds(7));
    commit("4f2d9c1", policy);
    kit.cycle();
    certificate.broken();
    cycleAfter(Duration.ofMinutes(1));
  }

  private void foundAndApplyFailed(DriftPolicy policy) {
    certificate.applyFails(1);
    found(policy);
  }

  private void foundAndAppliedForNothing() {
    certificate.applyDoesNothing();
    found(REMEDIATE_AND_ALERT);
  }

  private void foundAndLostInTheApply() {
    web.losesConnectionAt(RENEW);
    certificate.applyDoesNothing();
    found(REMEDIATE_AND_ALERT);
  }

  private void foundAfterAnApplyOfUnknownEnd() {
    web.losesConnectionAt(RENEW);
    certificate.applyDoesNothing();
    found(REMEDIATE);
    commit("81b0a77", REMEDIATE_AND_ALERT);
    cycleAfter(Duration.ofSeconds(30));
  }

  private void foundAndAppliedByHand() {
    found(ALERT_ONLY);
    kit.reconciler()
        .reconcile(
            ManualRun.of(Scope.task("rotate_certificates").on("web-01"))
                .by("ann")
                .because("ticket 7"));
  }

  private void foundAndFixedOutsideFluke() {
    found(ALERT_ONLY);
    certificate.healthy();
    cycleAfter(Duration.ofMinutes(1));
    kit.runFor(Duration.ofMinutes(10));
  }

  private void foundAndTaskRemoved() {
    found(ALERT_ONLY);
    source.has("81b0a77", Pair.task("other"));
    cycleAfter(Duration.ofMinutes(1));
  }

  private void foundAndLeftForADay() {
    found(ALERT_ONLY);
    kit.runFor(Duration.ofDays(1));
  }

  private void foundAndAppliedLater() {
    foundAndApplyFailed(REMEDIATE);
    certificate.applyWorks();
    cycleAfter(Duration.ofMinutes(2));
  }

  private void agentUnreachable() {
    web.unreachable("connection refused");
    commit("4f2d9c1", REMEDIATE);
    for (int i = 0; i < 3; i++) {
      kit.cycle();
      kit.runFor(Duration.ofMinutes(3));
    }
  }

  private void unreachableForAWhile() {
    agentUnreachable();
    web.reachable();
    kit.runFor(Duration.ofMinutes(5));
    kit.cycle();
  }

  /** A check that begins at 14:21:01 and ignores its interrupt; its limit is a minute. */
  private void agentStuck() {
    source.has("4f2d9c1", certificates(REMEDIATE, Doing.hanging(kit, letGo)));
    kit.reconciler().checkNow();
    kit.runFor(Duration.ofMinutes(10));
  }

  private void stuckForAWhile() {
    agentStuck();
    letGo.complete(null);
    kit.runFor(Duration.ofSeconds(1));
  }

  private void checkUnknown() {
    certificate.checkAnswers(75);
    commit("4f2d9c1", REMEDIATE);
    for (int i = 0; i < 3; i++) {
      kit.cycle();
      kit.runFor(Duration.ofMinutes(3));
    }
  }

  private void checkUnknownForAWhile() {
    checkUnknown();
    certificate.healthy();
    kit.cycle();
  }

  private void brokenCommit() {
    commit("4f2d9c1", REMEDIATE);
    kit.cycle();
    List<String> errors =
        List.of("web.fluke.yaml:6:9: task 'rotate_certificates': unknown step kind 'shel'");
    source.says(() -> new News.Broken("81b0a77", errors));
    cycleAfter(Duration.ofMinutes(1));
  }

  private void storeFailsForAMinute() {
    ScriptedStore.failsForAMinute(kit, new ArrayList<>());
  }

  private void brokenCommitFixed() {
    brokenCommit();
    commit("c0ffee5", REMEDIATE);
    cycleAfter(Duration.ofMinutes(1));
  }
}
