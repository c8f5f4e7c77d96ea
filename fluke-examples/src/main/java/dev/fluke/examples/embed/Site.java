package dev.fluke.examples.embed;

// tag::embed
import static dev.fluke.agent.Selector.label;
import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Webhook;
import dev.fluke.file.ManagedFile;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.ssh.Ssh;

/** Keeps the configuration of a site on its web server. */
public final class Site implements AutoCloseable {
  private final Reconciler reconciler;

  public Site(Ssh web, String path, String text, Webhook alerts) {
    Task site =
        Task.named("site")
            .on(label("role").is("web").and(label("env").in("staging", "production")))
            .onDrift(ALERT_ONLY) // REMEDIATE, the default, would apply it
            .step("configuration", ManagedFile.at(path).content(text))
            .build();
    reconciler =
        Reconciler.builder()
            .agent(Agent.named("web-01", web).label("role", "web").label("env", "staging"))
            .manifest(Manifest.of(site))
            .alerts(alerts)
            .build();
    reconciler.start(); // checks now, and every 60 s
  }

  /** What {@link #apply} would change; changes nothing. */
  public Plan plan() {
    return reconciler.plan(Scope.task("site"));
  }

  /** Applies the configuration now, if the file differs; waits for the end. */
  public CycleReport apply(String who, String why) {
    return reconciler.reconcile(ManualRun.of(Scope.task("site")).by(who).because(why));
  }

  @Override
  public void close() {
    reconciler.close();
  }
}
// end::embed
