package dev.fluke.tests.manual;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.CommandResult;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plans and manual runs on the agents that a selector matches. */
class SelectorScopeTest {
  @Tag("rule-23")
  @Test
  void coversTheAgentsThatItsSelectorMatches() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      FakeHost db = kit.agent("db-01", Map.of("role", "db"));
      for (FakeHost host : List.of(web, db)) {
        host.pair("check a", "fix a").broken();
        host.pair("check b", "fix b").broken();
      }
      kit.manifest(Pair.task("a"), Pair.task("b"));
      Scope scope = Scope.selector(Selector.label("role").is("web"));

      Plan plan = kit.reconciler().plan(scope);
      assertThat(plan.tasks())
          .extracting(task -> task.agent() + " " + task.task())
          .containsExactly("web-01 a", "web-01 b");
      CycleReport report =
          kit.reconciler().reconcile(Scope.task("a").on(Selector.label("role").is("web")));
      assertThat(report.tasks()).hasSize(1);
      assertThat(report.task("a").on("web-01")).isRemediated();
      assertThat(kit.reconciler().reconcile(scope).tasks()).hasSize(2);

      assertThat(web.acted()).containsExactly("fix a", "fix b");
      assertThat(db.acted()).isEmpty();
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("manual_run"))
          .extracting(event -> event.field("scope").orElse(""))
          .containsExactly("task a on agents where role is web", "agents where role is web");
    }
  }

  @Tag("rule-0")
  @Tag("rule-23")
  @Test
  void leavesAnAgentAloneWhoseLabelsChangeWhileItWaits() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.pair("check b", "fix b").broken();
      var a = web.pair("check a", "fix a").broken();
      kit.manifest(Pair.task("a"), Pair.builder("b").onDrift(DriftPolicy.ALERT_ONLY).build());
      List<CompletableFuture<CycleReport>> runs = new ArrayList<>();
      Scope scope = Scope.selector(Selector.label("role").is("web"));
      web.answer(
          "fix a",
          command -> {
            runs.add(kit.reconciler().submit(ManualRun.of(scope)));
            kit.time().yieldToOthers();
            kit.reconciler().put(Agent.named("web-01", web).label("role", "db"));
            a.healthy();
            return CommandResult.exited(0);
          });

      kit.cycle();

      CycleReport report = runs.get(0).join();
      assertThat(report.task("b").on("web-01"))
          .isSkipped()
          .hasReasonContaining("superseded: the scope no longer covers the agent");
      assertThat(web.acted()).containsExactly("fix a");
    }
  }
}
