package dev.fluke.tests.embedding;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.shell.Shell;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.git.GitSource;
import dev.fluke.transport.Local;
import java.nio.file.Path;
import java.util.List;

/** Embeds Fluke where something usual is missing, and prints what came of it. */
final class BareProgram {
  private BareProgram() {}

  /** Takes the URL of a repository, and a directory for its mirror. */
  public static void main(String[] args) {
    Task task =
        Task.named("t").on(everyAgent()).step("s", Shell.check("true").command("true")).build();
    cycle("code", ManifestSource.of(Manifest.of(task)));
    cycle("git", GitSource.at(args[0]).branch("main"));
    cycle("mirror", GitSource.at(args[0]).branch("main").mirror(Path.of(args[1])));
  }

  private static void cycle(String what, ManifestSource source) {
    try (Reconciler reconciler =
        Reconciler.builder().agent(Agent.named("here", Local.machine())).source(source).build()) {
      List<Outcome> outcomes =
          reconciler.cycle().tasks().stream().map(TaskReport::outcome).toList();
      String error = reconciler.status().sources().get(0).lastError();
      System.out.println(what + ": " + outcomes + " " + error);
    } catch (IllegalStateException e) {
      System.out.println(what + ": refused: " + e.getMessage());
    }
  }
}
