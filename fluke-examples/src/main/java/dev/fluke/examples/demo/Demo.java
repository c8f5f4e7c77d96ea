package dev.fluke.examples.demo;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.manifest.DriftPolicy.ALERT_ONLY;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.ManualRun;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.Scope;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.shell.Shell;
import dev.fluke.transport.Local;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The main job on this machine, for real: files in a temporary directory that a loop looks after.
 */
public final class Demo implements AutoCloseable {
  private final Stage stage = new Stage();
  private final Path dir;
  private final Path motd;
  private final Path banner;
  private final Reconciler reconciler;

  private Demo() throws IOException {
    dir = Files.createTempDirectory("fluke-demo");
    motd = dir.resolve("motd");
    banner = dir.resolve("banner");
    reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()))
            .manifest(Manifest.of(greeting(), supervised(), hopeless()))
            .pollInterval(Duration.ofSeconds(1))
            .subscriber(stage::hear)
            .build();
  }

  /** Ends with 0 if every act happened. */
  public static void main(String[] args) throws IOException {
    int exit;
    try (Demo demo = new Demo()) {
      exit = demo.play();
    }
    System.exit(exit);
  }

  private Task greeting() {
    return Task.named("greeting")
        .describedAs("the message of the day says hello")
        .on(everyAgent())
        .step("motd", fileWith(motd, "hello"))
        .build();
  }

  private Task supervised() {
    return Task.named("banner")
        .describedAs("only reported, until somebody says so")
        .on(everyAgent())
        .onDrift(ALERT_ONLY)
        .step("file", fileWith(banner, "welcome"))
        .build();
  }

  private static Task hopeless() {
    return Task.named("hopeless")
        .describedAs("an apply that fixes nothing")
        .on(everyAgent())
        .step("wish", Shell.check("test -e /nonexistent/wish").command("true"))
        .build();
  }

  private static Shell fileWith(Path file, String text) {
    return Shell.check("test \"$(cat \"$FILE\")\" = \"$TEXT\"")
        .command("printf '%s\\n' \"$TEXT\" > \"$FILE\"")
        .env("FILE", file.toString())
        .env("TEXT", text);
  }

  private int play() {
    stage.say("a reconciler starts on this machine; it looks every second");
    reconciler.start();
    return stage.play(
        List.of(
            new Act("a task is applied for the first time", this::firstApply),
            new Act("somebody breaks a file, and it heals", this::heals),
            new Act("drift under alert_only is only reported", this::onlyReported),
            new Act("a manual run applies it", this::manualRun),
            new Act("an apply that fixes nothing is called out and held back", this::notConvergent),
            new Act("a plan says what would be done", this::plan)));
  }

  private boolean firstApply() throws Exception {
    Event applied = stage.await("drift_remediated", "greeting");
    stage.say("the motd was missing; now it says '" + Files.readString(motd).strip() + "'");
    return applied.field("outcome").orElse("").equals("success") && says(motd, "hello");
  }

  private boolean heals() throws Exception {
    stage.forget();
    Files.writeString(motd, "defaced\n");
    stage.say("somebody wrote 'defaced' into it");
    Event found = stage.await("drift_detected", "greeting");
    stage.say("found: cause " + found.field("cause").orElse("?"));
    Event healed = stage.await("drift_remediated", "greeting");
    stage.say("healed: it says '" + Files.readString(motd).strip() + "' again");
    return found.field("cause").orElse("").equals("REGRESSED")
        && healed.field("outcome").orElse("").equals("success")
        && says(motd, "hello");
  }

  private boolean onlyReported() throws Exception {
    Event found = stage.awaitEver("drift_detected", "banner");
    stage.say(
        "the banner is missing: "
            + found.field("remediation_status").orElse("?")
            + ", not touched");
    return found.field("remediation_status").orElse("").equals("pending_manual")
        && Files.notExists(banner);
  }

  private boolean manualRun() throws Exception {
    CycleReport report =
        reconciler.reconcile(
            ManualRun.of(Scope.task("banner").on("here")).by("ann").because("ticket 7"));
    stage.say(report.task("banner").on("here") + ", asked for by " + report.actor());
    return report.task("banner").on("here").outcome() == Outcome.REMEDIATED
        && says(banner, "welcome");
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

  private static boolean says(Path file, String text) throws IOException {
    return Files.readString(file).strip().equals(text);
  }

  @Override
  public void close() throws IOException {
    reconciler.close();
    Files.deleteIfExists(motd);
    Files.deleteIfExists(banner);
    Files.delete(dir);
  }
}
