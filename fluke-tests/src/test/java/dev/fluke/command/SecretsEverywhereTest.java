package dev.fluke.command;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Alert;
import dev.fluke.event.Event;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.EndedTask;
import dev.fluke.request.Scope;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.text.ErrorText;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import dev.fluke.transport.UnreachableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every form of a secret is hidden on every way out, whoever was given the secret. */
@Tag("Z02")
class SecretsEverywhereTest {
  private static final String VALUE = "canary-'7f\"3/é?=x9";
  private static final Set<String> FORMS = SecretForms.of(VALUE, 6);
  private static final String ALL =
      FORMS.stream().map(form -> "(" + form + ")").collect(Collectors.joining(" "));

  /** Is given the secret, and shows nothing. */
  private record Given(Secret secret) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell("true").env("TOKEN", secret);
    }

    @Override
    public void apply(Host host) {}
  }

  /** Runs a command that prints every form, without being given the secret. */
  private record Prints(String check) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell(check);
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fails")).orThrow();
    }
  }

  /** Has no host: shows what it was given. */
  private record WithoutHost(Secret secret) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.drifted("content", secret.reveal(), "half " + VALUE.substring(0, 9))
          .doubting(ALL);
    }

    @Override
    public void apply(Host host) {
      throw new IllegalStateException("x".repeat(490) + ALL, new IllegalStateException(ALL));
    }

    @Override
    public List<String> warnings() {
      return List.of(ALL);
    }
  }

  private static final Task GIVEN =
      Task.named("given").on(everyAgent()).step("s", new Given(Secret.of(VALUE))).build();
  private static final Task PRINTS =
      Task.named("prints")
          .on(everyAgent())
          .onDrift(DriftPolicy.REMEDIATE_AND_ALERT)
          .step("s", new Prints("prints"))
          .build();
  private static final Task WITHOUT_HOST =
      Task.named("without host")
          .on(everyAgent())
          .onDrift(DriftPolicy.REMEDIATE_AND_ALERT)
          .step("s", new WithoutHost(Secret.of(VALUE)))
          .build();

  private static FakeHost printing(FlukeKit kit) {
    return kit.agent("web-01", Map.of())
        .answer("true", 0)
        .answer("prints", CommandResult.exited(1).withStdout(ALL))
        .answer("fails", CommandResult.exited(3).withStderr(ALL));
  }

  private static void assertHidden(String what, String text) {
    assertThat(FORMS).allSatisfy(form -> assertThat(text).as(what).doesNotContain(form));
    assertThat(text).as(what).contains("***").doesNotContain("canary-");
  }

  @Test
  void hidesEveryFormInReportsPlansStatusEventsAlertsAndObservers() {
    List<String> seen = new ArrayList<>();
    CycleObserver observer =
        new CycleObserver() {
          @Override
          public void ended(EndedTask task) {
            seen.add(task.report().toString());
          }
        };
    try (FlukeKit kit = FlukeKit.create().configure(builder -> builder.observer(observer))) {
      printing(kit);
      kit.manifest(GIVEN, PRINTS, WITHOUT_HOST);
      assertHidden("plan", kit.reconciler().plan(Scope.all()).toJson());
      assertHidden("report", kit.cycle().toJson());
      assertHidden("status", kit.reconciler().status().toJson());
      assertHidden("events", kit.events().stream().map(Event::toJson).toList().toString());
      List<Alert> alerts = kit.alerts();
      assertThat(alerts).hasSizeGreaterThan(2);
      alerts.stream()
          .filter(alert -> !alert.event().equals("drift_detected"))
          .forEach(alert -> assertHidden(alert.event(), alert.toJson() + alert.summary()));
      assertThat(alerts.toString()).doesNotContain("canary-");
      assertHidden("observer", seen.toString());
    }
  }

  @Test
  void hidesWhatTransportsAndSourcesSay() {
    record Login(Secret password) implements Transport, Digestible {
      @Override
      public dev.fluke.transport.HostConnection open(Target target) throws Exception {
        throw UnreachableException.because("refused " + password.reveal());
      }

      @Override
      public String address() {
        return "web-01:22";
      }

      @Override
      public void digestInto(Digest into) {
        into.add(password);
      }
    }
    ScriptedSource source = new ScriptedSource("infra").has("c1", PRINTS);
    try (FlukeKit kit = FlukeKit.create().source(source)) {
      kit.agent(Agent.named("web-01", new Login(Secret.of(VALUE))));
      assertHidden("report", kit.start().cycle().toJson());
      kit.runFor(Duration.ofMinutes(20));
      source.says(
          () -> {
            throw SourceUnavailableException.because("the server said " + VALUE);
          });
      assertHidden("notes", kit.cycle().notes().toString());
      assertHidden("status", kit.reconciler().status().toJson());
      assertHidden("events", kit.events().stream().map(Event::toJson).toList().toString());
      assertHidden("alerts", kit.alerts().stream().map(Alert::toJson).toList().toString());
    }
  }

  @Test
  void hidesMessagesAndKeepsStackTracesInLogs() {
    Mask mask = new Mask();
    mask.learn(Secret.of(VALUE));
    StringWriter logged = new StringWriter();
    Throwable thrown = new IllegalStateException(ALL, new IllegalArgumentException(ALL));

    ErrorText.masked(thrown, mask::hide).printStackTrace(new PrintWriter(logged, true));

    assertHidden("log", logged.toString());
    assertThat(logged.toString())
        .startsWith("java.lang.IllegalStateException: (")
        .contains("Caused by: java.lang.IllegalArgumentException: (")
        .contains("SecretsEverywhereTest.hidesMessagesAndKeepsStackTracesInLogs");
  }

  @Test
  void hidesASecretAtWhichAnOutputWasCut() {
    for (int kept = 3; kept < VALUE.length(); kept++) {
      byte[] output =
          ("before " + VALUE.substring(0, kept)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      Mask mask = new Mask();
      mask.learn(Secret.of(VALUE));
      CommandResult cut = CommandResult.exited(1).withStdout(output, 10).hiding(mask);

      assertThat(cut.tail(400)).as("%d kept", kept).isEqualTo("before ***");
    }
  }
}
