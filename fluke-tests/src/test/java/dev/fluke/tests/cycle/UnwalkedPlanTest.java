package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.report.Plan;
import dev.fluke.request.Scope;
import dev.fluke.testkit.FlukeKit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plan names what it could not look at; leaving it out would say that all is in sync. */
@Tag("rule-20")
class UnwalkedPlanTest {

  private static final class Undeclarable implements Executor {
    @Override
    public Object declaration() {
      throw new IllegalStateException("no declaration");
    }

    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  @Test
  void aWalkThatCouldNotBegin() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      kit.manifest(Task.named("t").on(everyAgent()).step("s", new Undeclarable()).build());

      Plan plan = kit.reconciler().plan(Scope.all());

      assertThat(plan.isInSync()).isFalse();
      Plan.PlannedStep step = plan.task("t", "web-01").steps().get(0);
      assertThat(step.verdict()).isEqualTo(Plan.Verdict.UNKNOWN);
      assertThat(step.message()).contains("no declaration");
    }
  }
}
