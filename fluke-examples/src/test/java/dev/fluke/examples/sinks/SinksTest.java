package dev.fluke.examples.sinks;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertSink;
import dev.fluke.command.CommandResult;
import dev.fluke.event.Event;
import dev.fluke.examples.motd.Motd;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/** The sinks that are there to be copied, each with a server or a log behind it. */
@Tag("R22")
class SinksTest {
  private static final String READ = "test ! -e \"$FILE\" || cat \"$FILE\"";

  /** Drift that lasts a minute, on a host that says this; the end is told 10 minutes later. */
  private static SinkStatus told(AlertSink sink, String said) {
    Task motd =
        Task.named("motd")
            .on(everyAgent())
            .onDrift(ALERT_ONLY)
            .step("text", new Motd("/etc/motd", "hello"))
            .build();
    try (FlukeKit kit = FlukeKit.create()) {
      kit.configure(builder -> builder.alerts(sink));
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.answer(READ, CommandResult.exited(0).withStdout(said));
      kit.cycle(motd);
      kit.runFor(Duration.ofMinutes(1));
      web.answer(READ, CommandResult.exited(0).withStdout("hello"));
      kit.cycle();
      kit.runFor(Duration.ofMinutes(10));
      return kit.reconciler().status().sinks().get(1);
    }
  }

  @Tag("Z05")
  @Test
  void slackIsToldInOneLineAndTheCommandAndNobodyIsMentioned() throws Exception {
    try (Loopback slack = Loopback.answering(200)) {
      SinkStatus status = told(SlackSink.to(slack.url("/services/T0/B0/x")), "<!channel> & co");

      assertThat(slack.posted())
          .extracting(Loopback.Posted::path)
          .containsExactly("/services/T0/B0/x", "/services/T0/B0/x");
      assertThat(slack.posted())
          .extracting(post -> post.body().path("text").asText())
          .containsExactly(
              ":warning: drift detected: motd on web-01 (drift policy is alert_only; step 'text': "
                  + "text should be 'hello', is '&lt;!channel&gt; &amp; co')"
                  + "\nto apply it: `fluke reconcile task motd on web-01`",
              ":white_check_mark: drift resolved: motd on web-01");
      assertThat(status.name()).isEqualTo("SlackSink");
      assertThat(status.delivered()).isEqualTo(2);
    }
  }

  @Test
  void whatSlackRefusesIsOwedAndItsPathIsNotShown() throws Exception {
    try (Loopback slack = Loopback.answering(404)) {
      SinkStatus status = told(SlackSink.to(slack.url("/services/T0/B0/x")), "hi");

      assertThat(status.lastError()).isEqualTo("the receiver answered 404");
      assertThat(status.toString()).doesNotContain("B0");
    }
  }

  @Test
  void alertmanagerResolvesWhatItWasTold() throws Exception {
    try (Loopback alertmanager = Loopback.answering(200)) {
      told(AlertmanagerSink.at(alertmanager.url("")), "hi");

      assertThat(alertmanager.posted())
          .extracting(Loopback.Posted::path)
          .containsOnly("/api/v2/alerts");
      List<JsonNode> alerts = new ArrayList<>();
      alertmanager.posted().forEach(post -> post.body().forEach(alerts::add));
      assertThat(alerts).hasSize(2);
      JsonNode open = alerts.get(0);
      JsonNode closed = alerts.get(1);
      assertThat(open.path("labels").toString())
          .matches(
              "\\{\"agent\":\"web-01\",\"alertname\":\"FlukeIncident\","
                  + "\"key\":\"[0-9a-f]{32}\",\"task\":\"motd\"}");
      assertThat(closed.path("labels")).isEqualTo(open.path("labels"));
      assertThat(open.path("annotations").path("event").asText()).isEqualTo("drift_detected");
      assertThat(open.path("annotations").path("summary").asText()).startsWith("drift detected: ");
      assertThat(open.path("startsAt").asText()).isEqualTo("2025-01-01T00:00:00Z");
      assertThat(open.path("endsAt").asText()).isEqualTo("2025-01-03T00:00:00Z");
      assertThat(closed.path("startsAt").asText()).isEqualTo("2025-01-01T00:01:00Z");
      assertThat(closed.path("endsAt").asText()).isEqualTo("2025-01-01T00:01:00Z");
    }
  }

  @Test
  void anIncidentOfASourceHasItsLabel() throws Exception {
    try (Loopback alertmanager = Loopback.answering(200)) {
      Event broken = Event.of(0, Instant.EPOCH, "source_broken").with("source", "infra");
      AlertmanagerSink.at(alertmanager.url("")).send(Alert.of(broken, "1", "2", false));

      assertThat(alertmanager.posted().get(0).body().get(0).path("labels").toString())
          .isEqualTo("{\"alertname\":\"FlukeIncident\",\"key\":\"2\",\"source\":\"infra\"}");
    }
  }

  @Tag("Z05")
  @Test
  void theLogHasALineForEachAlertWhateverAHostSays() {
    Lines log = new Lines();
    told(LogSink.to(log), "hi\nERROR forged {}\u001b[2J");

    assertThat(log.lines)
        .satisfiesExactly(
            open ->
                assertThat(open)
                    .startsWith("WARN drift detected: motd on web-01 (drift policy is alert_only; ")
                    .contains("forged {}")
                    .matches(".* \\[incident [0-9a-f]{32} is open]"),
            closed ->
                assertThat(closed)
                    .matches(
                        "INFO drift resolved: motd on web-01 \\[incident [0-9a-f]{32} is closed]"));
    assertThat(String.join("", log.lines)).doesNotContain("\n", "\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SlackSink", "AlertmanagerSink", "LogSink"})
  void isShortEnoughToBeCopied(String sink) throws IOException {
    Path file = Path.of("src/main/java/dev/fluke/examples/sinks/" + sink + ".java");
    Pattern noCode = Pattern.compile("|\\s*(/?\\*|//|import |package ).*");

    assertThat(Files.readAllLines(file))
        .filteredOn(noCode.asMatchPredicate().negate())
        .hasSizeLessThan(40);
  }

  /** A logger that keeps its lines. */
  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines = new ArrayList<>();

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable throwable) {
      lines.add(
          level + " " + org.slf4j.helpers.MessageFormatter.basicArrayFormat(pattern, arguments));
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
