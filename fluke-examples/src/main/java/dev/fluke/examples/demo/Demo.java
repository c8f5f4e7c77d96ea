package dev.fluke.examples.demo;

import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.event.Event;
import dev.fluke.event.EventTypes;
import dev.fluke.examples.receiver.Receiver;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.FleetStatus.SinkStatus;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.source.git.GitSource;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The main job on this machine, for real: files in a temporary directory that a loop looks after,
 * as a temporary Git repository says; on one agent, or on three that are reached over SSH.
 */
final class Demo implements AutoCloseable {
  private final Stage stage = new Stage();
  private final Places places;
  private final DemoRepository repository;
  private final Secret key = Secret.of("whsec_c2hhcmVkIHdpdGggdGhlIHJlY2VpdmVy");
  private final Reconciler reconciler;
  private Receiver receiver;

  private Demo(Places places) throws IOException, InterruptedException {
    this.places = places;
    repository = DemoRepository.in(places.dir().resolve("infra"));
    receiver = Receiver.on(0, key, stage::receive);
    reconciler =
        Reconciler.builder()
            .agents(places.agents())
            .source(GitSource.at(repository.url()))
            .pollInterval(Duration.ofSeconds(1))
            .subscriber(stage::hear)
            .alerts(Webhook.to(receiver.url()).signedWith(key))
            .build();
  }

  /** Ends with 0 if every act happened; {@code ssh} plays it on three agents. */
  public static void main(String[] args) throws Exception {
    int exit;
    try (Places places = places(List.of(args));
        Demo demo = new Demo(places)) {
      exit = demo.play();
    }
    System.exit(exit);
  }

  private static Places places(List<String> variant) throws Exception {
    if (variant.isEmpty()) {
      return Places.onThisMachine();
    }
    if (variant.equals(List.of("ssh"))) {
      return Places.overSsh();
    }
    throw new IllegalArgumentException("say nothing, or ssh, instead of " + variant);
  }

  private int play() {
    stage.say("a reconciler follows a Git repository on this machine; it looks every second");
    places.addresses().forEach(stage::say);
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
    boolean applied = true;
    for (Place place : places.all()) {
      Event end = stage.awaitEver(EventTypes.DRIFT_REMEDIATED, "greeting", place);
      stage.say(place.name() + ": the motd was missing; now it says '" + place.motdText() + "'");
      applied &= end.field("outcome").orElse("").equals("success");
    }
    return applied && everyMotdSays("hello");
  }

  private boolean heals() throws Exception {
    stage.forget();
    return healsFrom("defaced", "hello");
  }

  private boolean healsFrom(String defacement, String text) throws Exception {
    Place place = places.vandalised();
    Files.writeString(place.motd(), defacement + "\n");
    stage.say(place.name() + ": somebody wrote '" + defacement + "' into it");
    Event found = stage.await(EventTypes.DRIFT_DETECTED, "greeting", place);
    stage.say(place.name() + ": found: cause " + found.field("cause").orElse("?"));
    Event healed = stage.await(EventTypes.DRIFT_REMEDIATED, "greeting", place);
    stage.say(place.name() + ": healed: it says '" + place.motdText() + "' again");
    return found.field("cause").orElse("").equals("REGRESSED")
        && healed.field("outcome").orElse("").equals("success")
        && everyMotdSays(text);
  }

  private boolean commit() throws Exception {
    stage.forget();
    String id = repository.greet("Say welcome", DemoRepository.greeting("welcome"));
    stage.say("commit " + id + ": Say welcome");
    boolean changed = true;
    for (Place place : places.all()) {
      String cause =
          stage.await(EventTypes.DRIFT_REMEDIATED, "greeting", place).field("cause").orElse("?");
      stage.say(place.name() + ": cause " + cause + ": the motd says '" + place.motdText() + "'");
      changed &= cause.equals("DESIRED_CHANGED");
    }
    return changed && everyMotdSays("welcome");
  }

  private boolean brokenCommit() throws Exception {
    stage.forget();
    String broken =
        DemoRepository.greeting("goodbye").replace("check:", "chek:").replace("shell:", "shel:");
    String id = repository.greet("Say goodbye, in a hurry", broken);
    stage.say("commit " + id + ": Say goodbye, in a hurry");
    String errors = stage.await(EventTypes.SOURCE_BROKEN).field("errors").orElse("?");
    stage.say("refused: " + errors);
    return errors.contains("greeting.fluke.yaml:6:9: ") && healsFrom("defaced again", "welcome");
  }

  private boolean onlyReported() throws Exception {
    boolean reported = true;
    for (Place place : places.all()) {
      String alert = stage.awaitAlert(EventTypes.DRIFT_DETECTED, "banner", place);
      stage.say("an alert came, signed right: " + Stage.beginning(alert));
      reported &= alert.contains("\"remediation_status\":\"pending_manual\"");
    }
    return reported && places.withBanner().isEmpty();
  }

  private boolean manualRun() throws Exception {
    receiver.close();
    stage.say("the receiver of alerts is down");
    Place place = places.attended();
    Scope scope = Scope.task("banner").on(place.name());
    CycleReport report = reconciler.reconcile(ManualRun.of(scope).by("ann").because("ticket 7"));
    stage.say(report.task("banner").on(place.name()) + ", asked for by " + report.actor());
    return report.task("banner").on(place.name()).outcome() == Outcome.REMEDIATED
        && places.withBanner().equals(List.of(place));
  }

  private boolean deliveredLater() throws Exception {
    SinkStatus sink = stage.await("try that fails", () -> Optional.of(sink()).filter(Demo::isOwed));
    stage.say("pending for " + sink.name() + ": " + sink.lastError());
    boolean early = stage.alerts(EventTypes.DRIFT_REMEDIATED, "banner") > 0;
    receiver = Receiver.on(receiver.port(), key, stage::receive);
    stage.say("the receiver is back");
    String alert = stage.awaitAlert(EventTypes.DRIFT_REMEDIATED, "banner", places.attended());
    stage.say("an alert came, signed right: " + Stage.beginning(alert));
    return !early
        && alert.contains("\"actor\":\"ann\"")
        && stage.alerts(EventTypes.DRIFT_REMEDIATED, "banner") == 1;
  }

  private static boolean isOwed(SinkStatus sink) {
    return sink.pending() > 0 && !sink.lastError().isEmpty();
  }

  private SinkStatus sink() {
    return reconciler.status().sinks().get(0);
  }

  private boolean notConvergent() throws Exception {
    boolean called = true;
    for (Place place : places.all()) {
      Event end = stage.awaitEver(EventTypes.DRIFT_REMEDIATED, "hopeless", place);
      stage.say(place.name() + ": " + end.field("message").orElse("?"));
      called &= end.field("outcome").orElse("").equals("not_convergent");
    }
    CycleReport next = reconciler.cycle();
    for (Place place : places.all()) {
      String reason = next.task("hopeless").on(place.name()).reason();
      stage.say(place.name() + ": and then: " + reason);
      called &= reason.contains("held back until");
    }
    return called;
  }

  private boolean plan() throws Exception {
    Files.delete(places.attended().banner());
    Plan plan = reconciler.plan(Scope.task("banner"));
    plan.toString().lines().skip(1).forEach(line -> stage.say("plan:" + line));
    return places.all().stream().allMatch(place -> wouldApply(plan, place))
        && places.withBanner().isEmpty();
  }

  private static boolean wouldApply(Plan plan, Place place) {
    return plan.task("banner", place.name()).steps().get(0).verdict()
        == Plan.Verdict.WOULD_BE_APPLIED;
  }

  private boolean everyMotdSays(String text) throws IOException {
    for (Place place : places.all()) {
      if (!place.motdText().equals(text)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    reconciler.close();
    receiver.close();
  }
}
