package dev.fluke.tests.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reconciler that closes sends the alerts it can, and logs how many are left. */
@Tag("rule-31")
@Tag("rule-27")
class AlertsAtCloseTest {
  private static final Task TASK = Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build();

  private final FlukeKit kit = FlukeKit.create();
  private final Receiver receiver = Receiver.of(kit);
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void readTheLog() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restoreTheLog() {
    System.setErr(stderr);
    kit.close();
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }

  private void drifts(int agents) {
    for (int i = 0; i < agents; i++) {
      kit.agent("web-" + i, Map.of()).pair("check a", "fix a").broken();
    }
    kit.cycle(TASK);
  }

  private Duration closing() {
    long before = kit.time().nanoTime();
    kit.reconciler().close();
    return Duration.ofNanos(kit.time().nanoTime() - before);
  }

  @Test
  void sendsWhatCanBeSent() {
    receiver.takes(Duration.ofSeconds(1));
    drifts(4);

    assertThat(closing()).isEqualTo(Duration.ofSeconds(4));
    assertThat(receiver.took()).hasSize(4);
    assertThat(log()).doesNotContain("pending");
  }

  @Test
  void waitsFiveSecondsAndLogsWhatIsLeft() {
    receiver.takes(Duration.ofMillis(900));
    drifts(20);

    assertThat(closing()).isEqualTo(Duration.ofSeconds(5));
    kit.runFor(Duration.ofHours(2));
    assertThat(receiver.took()).hasSize(5);
    assertThat(receiver.tried()).hasSize(6);
    assertThat(log()).contains("closed while 15 alerts were pending for sink Receiver");
  }

  @Test
  void interruptsAHangingSinkAndServesTheOthers() {
    receiver.takes(Duration.ofDays(1));
    Receiver other = Receiver.of(kit).takes(Duration.ofSeconds(1));
    drifts(4);

    assertThat(closing()).isEqualTo(Duration.ofSeconds(5));
    kit.time().runUntilIdle();
    assertThat(kit.time().parkedWork()).isEmpty();
    assertThat(receiver.tried()).hasSize(1);
    assertThat(other.took()).hasSize(4);
    assertThat(log()).contains("closed while 4 alerts were pending for sink Receiver");
  }

  @Test
  void leavesASinkThatIgnoresItsInterrupt() {
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    receiver.hangsUntil(letGo);
    drifts(4);

    assertThat(closing()).isEqualTo(Duration.ofSeconds(5));
    kit.time().runUntilIdle();
    assertThat(kit.time().parkedWork()).containsExactly("fluke-alerts");
    letGo.complete(null);
    kit.runFor(Duration.ofMinutes(10));
    assertThat(receiver.tried()).hasSize(1);
  }

  @Test
  void waitsForNoReceiverThatIsDown() {
    receiver.isDown();
    drifts(3);
    kit.runFor(Duration.ofMinutes(10));
    int tries = receiver.tried().size();

    assertThat(closing()).isZero();
    kit.runFor(Duration.ofHours(2));
    assertThat(receiver.tried()).hasSize(tries);
    assertThat(log()).contains("closed while 3 alerts were pending for sink Receiver");
  }

  @Test
  void returnsWithinFortySecondsThoughAnApplyHangs() {
    CompletableFuture<Void> letGo = new CompletableFuture<>();
    receiver.hangsUntil(letGo);
    kit.agent("web-1", Map.of())
        .pair("check a", "fix a")
        .broken()
        .applyTakes(Duration.ofMinutes(10));
    kit.manifest(Pair.builder("a").onDrift(DriftPolicy.REMEDIATE_AND_ALERT).build());
    kit.reconciler().checkNow();
    kit.runFor(Duration.ofSeconds(1));

    assertThat(closing()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    letGo.complete(null);
    kit.time().runUntilIdle();
  }

  @Tag("rule-14")
  @Test
  void sendsTheAlertsOfTheLastApply() {
    kit.agent("web-1", Map.of())
        .pair("check a", "fix a")
        .broken()
        .applyTakes(Duration.ofSeconds(20));
    kit.manifest(Pair.builder("a").onDrift(DriftPolicy.REMEDIATE_AND_ALERT).build());
    kit.reconciler().checkNow();
    kit.runFor(Duration.ofSeconds(1));

    assertThat(closing()).isLessThan(Duration.ofSeconds(20));
    assertThat(receiver.took())
        .extracting(Alert::event)
        .containsExactly("drift_detected", "drift_remediated");
    Alert end = receiver.took().get(1);
    assertThat(end.field("outcome")).contains("success"); // it ended within the grace
    assertThat(end.isClosing()).isTrue();
    assertThat(log()).doesNotContain("pending");
  }
}
