package dev.fluke.examples;

import static dev.fluke.agent.Selector.label;
import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;
import static dev.fluke.manifest.DriftPolicy.REMEDIATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.examples.demo.SshServer;
import dev.fluke.examples.receiver.Receiver;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.shell.Shell;
import dev.fluke.ssh.Ssh;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedSampleTest {
  @Test
  void embedsAReconciler(@TempDir Path dir) throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    String key = "whsec_c2VjcmV0IG9mIHRoZSBzYW1wbGU=";
    try (SshServer server = SshServer.start(Files.createDirectory(dir.resolve("sshd")));
        Receiver receiver = Receiver.on(0, Secret.of(key), received::add)) {
      embed(server.ssh(), dir.resolve("ready"), receiver.url(), key);

      assertThat(received.poll(10, TimeUnit.SECONDS))
          .contains("\"event\":\"drift_detected\"", "\"task\":\"ready\"");
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .contains("\"event\":\"drift_remediated\"", "\"actor\":\"ann\"");
    }
  }

  private static void embed(Ssh web, Path file, String url, String key) {
    // tag::embed
    Task ready =
        Task.named("ready")
            .describedAs("the marker that the service is ready")
            .on(label("role").is("web").and(label("env").in("staging", "production")))
            .onDrift(ALERT_ONLY)
            .step("marker", Shell.check("test -e " + file).command("touch " + file))
            .build();

    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("web-01", web).label("role", "web").label("env", "staging"))
            .agent(Agent.named("here", Local.machine()).label("role", "build"))
            .manifest(Manifest.of(ready))
            .onDrift(REMEDIATE) // the default policy
            .alerts(Webhook.to(url).signedWith(Secret.of(key)))
            .build()) {
      reconciler.start(); // every 60 s, and when asked

      Plan plan = reconciler.plan(Scope.agent("web-01")); // runs the checks, applies nothing
      CycleReport report =
          reconciler.reconcile(
              ManualRun.of(Scope.task("ready").on("web-01")).by("ann").because("ticket 7"));
      // end::embed
      assertThat(plan.isInSync()).isFalse();
      assertThat(report.succeeded()).isTrue();
      assertThat(file).exists();
    }
  }
}
