package dev.fluke.tests.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.transport.Local;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A host that prints the secrets it was given shows them to nobody. */
@Tag("Z02")
class SecretsHiddenTest {
  private static final String CANARY = "canary-c4b1e2d07a";
  private static final String ENCODED =
      Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));

  private static Command saying(String script) {
    return Command.shell(script).env("TOKEN", Secret.of(CANARY));
  }

  /** A check that finds the secret, and an apply that fails with it. */
  private record Talkative() implements Executor {
    @Override
    public CheckResult check(Host host) {
      String found = host.run(saying("printf %s \"$TOKEN\"")).stdout();
      return CheckResult.drifted("token", found, "base64 " + ENCODED);
    }

    @Override
    public void apply(Host host) {
      host.run(saying("printf %s \"$TOKEN\" | base64 >&2; exit 3")).orThrow();
    }
  }

  /** A batched check that prints it. */
  private record Batched() implements CommandCheck {
    @Override
    public Command checkCommand() {
      return saying("echo \"token $TOKEN\"; exit 1");
    }

    @Override
    public void apply(Host host) {
      CommandResult result = host.run(saying("echo \"$TOKEN\""));
      throw new IllegalStateException("x".repeat(480) + result.stdout());
    }
  }

  @Test
  void whatAHostPrintsOfItsSecretsIsHiddenInReportsEventsStatusAndAlerts() {
    List<String> alerts = new CopyOnWriteArrayList<>();
    Task first = Task.named("one").on(Selector.everyAgent()).step("a", new Talkative()).build();
    Task second = Task.named("two").on(Selector.everyAgent()).step("b", new Batched()).build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .manifest(Manifest.of(first, second))
            .alerts(alert -> alerts.add(alert.toJson() + alert.summary()))
            .build()) {
      CycleReport report = reconciler.cycle();

      List<String> told =
          List.of(
              report.tasks().toString(),
              report.tasks().stream().map(each -> each.steps().toString()).toList().toString(),
              reconciler.events("here", 100).toString(),
              reconciler.status().toString());
      assertThat(told).allSatisfy(text -> assertThat(text).contains("***"));
      assertThat(told)
          .allSatisfy(text -> assertThat(text).doesNotContain(CANARY.substring(0, 8), ENCODED));
    }
    assertThat(alerts)
        .hasSize(2)
        .allSatisfy(text -> assertThat(text).contains("***"))
        .allSatisfy(text -> assertThat(text).doesNotContain(CANARY.substring(0, 8), ENCODED));
  }
}
