package dev.fluke.mise;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.executor.Executor;
import dev.fluke.file.ManagedFile;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.onhost.CountingTransport;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.shell.Shell;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cycle over steps of all kinds costs on the wire. */
@Tag("slow")
class RoundTripTest {
  @TempDir Path temp;

  private Executor step(int i, MiseOnHost host) {
    String name = temp.resolve("state" + i).toString();
    return switch (i % 4) {
      case 0 -> ManagedFile.at(name).content("text " + i);
      case 1 -> host.with(Mise.in(temp.resolve("app").toString()).trusted().env("STATE", name));
      case 2 -> ManagedFile.at(name).content("text").mode("0600").runAs("root");
      default -> Shell.check("test -e \"$STATE\"").command(": >\"$STATE\"").env("STATE", name);
    };
  }

  private List<Task> tasks() throws Exception {
    MiseOnHost host = MiseOnHost.in(temp);
    Path app = Files.createDirectory(temp.resolve("app"));
    Files.writeString(
        app.resolve("mise.toml"),
        "[tasks.check]\nrun = 'test -e \"$STATE\"'\n[tasks.apply]\nrun = ': >\"$STATE\"'\n");
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      tasks.add(Task.named("task-" + i).on(everyAgent()).step("step", step(i, host)).build());
    }
    return tasks;
  }

  @Tag("rule-10")
  @Test
  void asksTwentyStepsOfAllKindsInOneRoundTrip() throws Exception {
    CountingTransport transport = new CountingTransport(Local.machine());
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("host", transport))
            .manifest(Manifest.of(tasks().toArray(Task[]::new)))
            .build()) {
      CycleReport first = reconciler.cycle();
      assertThat(first.tasks())
          .extracting(TaskReport::outcome)
          .containsOnly(Outcome.REMEDIATED)
          .hasSize(20);
      transport.trips();

      CycleReport second = reconciler.cycle();

      assertThat(second.tasks())
          .extracting(TaskReport::outcome)
          .containsOnly(Outcome.IN_SYNC)
          .hasSize(20);
      assertThat(transport.trips()).containsExactly("ask 20");
    }
  }
}
