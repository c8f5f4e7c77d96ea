package dev.fluke.cli.http;

import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.cli.access.Caller;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.Scope;
import dev.fluke.shell.Shell;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Local;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The tasks that count as drift. */
class DriftTest {

  @Test
  void listsUncheckedTasksAsUnknown() {
    Task task =
        Task.named("t")
            .on(label("role").is("web"))
            .step("s", Shell.check("true").command("true"))
            .build();
    try (Scheduler scheduler = Scheduler.system();
        Reconciler reconciler =
            Reconciler.builder()
                .agent(Agent.named("here", Local.machine()).label("role", "web"))
                .agent(Agent.named("idle"))
                .manifest(Manifest.of(task))
                .build()) {
      Api api = new Api(reconciler, scheduler, Optional.empty());
      reconciler.plan(Scope.all());

      String before =
          api.handle(ApiRequest.of(Caller.unrestricted("ann"), "GET", "/v1/drift", new byte[0]))
              .text();
      reconciler.cycle();
      String after =
          api.handle(ApiRequest.of(Caller.unrestricted("ann"), "GET", "/v1/drift", new byte[0]))
              .text();

      assertThat(before)
          .contains("\"agent\":\"here\"", "\"outcome\":\"UNKNOWN\"", "not checked yet")
          .doesNotContain("idle");
      assertThat(after).isEqualTo("{\"drift\":[]}\n");
    }
  }
}
