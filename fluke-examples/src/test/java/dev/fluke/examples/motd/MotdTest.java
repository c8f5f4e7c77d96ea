package dev.fluke.examples.motd;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MotdTest {
  @Test
  void writesTheMessageAndRestoresIt(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("motd");
    Task task =
        Task.named("motd")
            .on(everyAgent())
            .step("text", new Motd(file.toString(), "hello\n"))
            .build();
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .manifest(Manifest.of(task))
            .build()) {
      assertThat(reconciler.cycle().task("motd").on("here")).isRemediated();
      assertThat(file).hasContent("hello\n");
      assertThat(reconciler.cycle().task("motd").on("here")).isInSync();
      Files.writeString(file, "defaced");
      assertThat(reconciler.cycle().task("motd").on("here")).isRemediated();
    }
  }
}
