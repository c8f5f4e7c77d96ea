package dev.fluke.examples.demo;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.event.Event;
import dev.fluke.examples.receiver.Receiver;
import dev.fluke.reconcile.FleetStatus.SinkStatus;
import dev.fluke.reconcile.ManualRun;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.Scope;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.source.GitSource;
import dev.fluke.transport.Local;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The main job on this machine, for real: files in a temporary directory that a loop looks after,
 * as a temporary Git repository says.
 */
public final class Demo implements AutoCloseable {
  private final Stage stage = new Stage();
  private final Path dir;
  private final Path motd;
  private final Path banner;
  private final Infra infra;
  private final Secret key = Secret.of("whsec_c2hhcmVkIHdpdGggdGhlIHJlY2VpdmVy");
  private final Reconciler reconciler;
  private Receiver receiver;

  private Demo() throws IOException, InterruptedException {
    dir = Files.createTempDirectory("fluke-demo");
    motd = dir.resolve("motd");
    banner = dir.resolve("banner");
    infra = Infra.in(dir.resolve("infra"));
    infra.commit("Greet", "greeting.fluke.yaml", greeting("hello"));
    infra.commit("Supervise the banner", "others.fluke.yaml", others());
    receiver = Receiver.on(0, key, stage::receive);
    reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .source(GitSource.at(infra.url()))
            .pollInterval(Duration.ofSeconds(1))
            .subscriber(stage::hear)
            .alerts(Webhook.to(receiver.url()).signedWith(key))
            .build();
  }

  /** Ends with 0 if every act happened. */
  public static void main(String[] args) throws Exception {
    int exit;
    try (Demo demo = new Demo()) {
      exit = demo.play();
    }
    System.exit(exit);
  }

  private String greeting(String text) {
    return """
        tasks:
          greeting:
            description: the message of the day says %1$s
            selector: { all: true }
            steps:
              - shell: motd
                check: test "$(cat "$FILE")" = "$TEXT"
                command: printf '%%s\\n' "$TEXT" > "$FILE"
                env: { FILE: %2$s, TEXT: %1$s }
        """
        .formatted(text, motd);
  }

  private String others() {
    return """
        tasks:
          banner:
            description: only reported, until somebody says so
            selector: { all: true }
            drift: { policy: alert_only }
            steps:
              - shell: file
                check: test -e "$FILE"
                command: touch "$FILE"
                env: { FILE: %s }
          hopeless:
            description: an apply that fixes nothing
            selector: { all: true }
            steps:
              - shell: wish
                check: test -e /nonexistent/wish
                command: "true"
        """
        .formatted(banner);
  }

  private int play() {
    stage.say("a reconciler follows a Git repository on this machine; it looks every second");
    reconciler.start();
    return stage.play(
        List.of(
            new Act("a task is applied for the first time", this::firstApply),
            new Act("somebody breaks a file, and it heals", this::heals),
            new Act("a commit changes what should be", this::commit),
            new Act("a broken commit is refused, and the old state stays", this::brokenCommit),
            new Act("drift under alert_only is only reported, by an alert", this::onlyReported),
            new Act("a manual run applies it, though nobody takes alerts now", this::manualRun),
            new Act("the alert comes when the receiver is back, once", this::deliveredLater),
            new Act("an apply that fixes nothing is called out and held back", this::notConvergent),
            new Act("a plan says what would be done", this::plan)));
  }

  private boolean firstApply() throws Exception {
    Event applied = stage.await("drift_remediated", "greeting");
    stage.say("the motd was missing; now it says '" + Files.readString(motd).strip() + "'");
    return applied.field("outcome").orElse("").equals("success") && says("hello");
  }

  private boolean heals() throws Exception {
    stage.forget();
    return healsFrom("defaced", "hello");
  }

  private boolean healsFrom(String defacement, String text) throws Exception {
    Files.writeString(motd, defacement + "\n");
    stage.say("somebody wrote '" + defacement + "' into it");
    Event found = stage.await("drift_detected", "greeting");
    stage.say("found: cause " + found.field("cause").orElse("?"));
    Event healed = stage.await("drift_remediated", "greeting");
    stage.say("healed: it says '" + Files.readString(motd).strip() + "' again");
    return found.field("cause").orElse("").equals("REGRESSED")
        && healed.field("outcome").orElse("").equals("success")
        && says(text);
  }

  private boolean commit() throws Exception {
    stage.forget();
    String id = infra.commit("Say welcome", "greeting.fluke.yaml", greeting("welcome"));
    stage.say("commit " + id + ": Say welcome");
    Event healed = stage.await("drift_remediated", "greeting");
    stage.say("cause " + healed.field("cause").orElse("?") + ": the motd says 'welcome'");
    return healed.field("cause").orElse("").equals("DESIRED_CHANGED") && says("welcome");
  }

  private boolean brokenCommit() throws Exception {
    stage.forget();
    String broken = greeting("goodbye").replace("check:", "chek:").replace("shell:", "shel:");
    String id = infra.commit("Say goodbye, in a hurry", "greeting.fluke.yaml", broken);
    stage.say("commit " + id + ": Say goodbye, in a hurry");
    Event refused = stage.await("source_broken", "");
    stage.say("refused: " + refused.field("errors").orElse("?"));
    boolean placed =
        refused.field("errors").orElse("").toString().contains("greeting.fluke.yaml:6:9: ");
    return placed && healsFrom("defaced again", "welcome");
  }

  private boolean onlyReported() throws Exception {
    String alert = stage.awaitAlert("drift_detected", "banner");
    stage.say("an alert came, signed right: " + Stage.beginning(alert));
    return alert.contains("\"remediation_status\":\"pending_manual\"") && Files.notExists(banner);
  }

  private boolean manualRun() throws Exception {
    receiver.close();
    stage.say("the receiver of alerts is down");
    CycleReport report =
        reconciler.reconcile(
            ManualRun.of(Scope.task("banner").on("here")).by("ann").because("ticket 7"));
    stage.say(report.task("banner").on("here") + ", asked for by " + report.actor());
    return report.task("banner").on("here").outcome() == Outcome.REMEDIATED && Files.exists(banner);
  }

  private boolean deliveredLater() throws Exception {
    SinkStatus sink = stage.await("try that fails", () -> Optional.of(sink()).filter(Demo::isOwed));
    stage.say("owed to " + sink.name() + ": " + sink.trouble());
    boolean early = stage.alerts("drift_remediated", "banner") > 0;
    receiver = Receiver.on(receiver.port(), key, stage::receive);
    stage.say("the receiver is back");
    String alert = stage.awaitAlert("drift_remediated", "banner");
    stage.say("an alert came, signed right: " + Stage.beginning(alert));
    return !early
        && alert.contains("\"actor\":\"ann\"")
        && stage.alerts("drift_remediated", "banner") == 1;
  }

  private static boolean isOwed(SinkStatus sink) {
    return sink.owed() > 0 && !sink.trouble().isEmpty();
  }

  private SinkStatus sink() {
    return reconciler.status().sinks().get(0);
  }

  private boolean notConvergent() throws Exception {
    Event called = stage.awaitEver("drift_remediated", "hopeless");
    stage.say(called.field("message").orElse("?"));
    CycleReport next = reconciler.cycle();
    stage.say("and then: " + next.task("hopeless").on("here").reason());
    return called.field("outcome").orElse("").equals("not_convergent")
        && next.task("hopeless").on("here").reason().contains("held back until");
  }

  private boolean plan() throws Exception {
    Files.delete(banner);
    Plan plan = reconciler.plan(Scope.task("banner"));
    plan.toString().lines().skip(1).forEach(line -> stage.say("plan:" + line));
    return plan.task("banner", "here").steps().get(0).verdict() == Plan.Verdict.WOULD_BE_APPLIED
        && Files.notExists(banner);
  }

  private boolean says(String text) throws IOException {
    return Files.readString(motd).strip().equals(text);
  }

  @Override
  public void close() throws IOException {
    reconciler.close();
    receiver.close();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
