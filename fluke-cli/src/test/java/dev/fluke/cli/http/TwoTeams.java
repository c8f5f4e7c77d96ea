package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.command.Command;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.testkit.FakeHost;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.Optional;

/**
 * A fleet of two teams. The team web must not learn anything of the other: each word of {@link
 * #SECRETS} is in its names, labels, tasks, reasons and messages.
 */
final class TwoTeams implements AutoCloseable {
  static final List<String> SECRETS = List.of("hidden", "vault", "zebra", "bursar");

  /** A caller of the team web with all rights. */
  static final Caller WEB = new Caller("web", Right.all(), Selector.label("team").is("web"));

  static final Caller ADMIN = Caller.unrestricted("bursar");

  private static final Manifest MANIFEST =
      Manifest.of(
          task("motd", Selector.everyAgent()),
          task("site", Selector.label("team").is("web")),
          task("vault-backup", Selector.label("team").is("vault")));

  final FakeHost web = FakeHost.named("web-01");
  final FakeHost other = FakeHost.named("hidden-01");
  final Scheduler scheduler = Scheduler.system();
  final Reconciler reconciler;
  final Api api;

  TwoTeams() {
    this(() -> {});
  }

  /** Two teams whose source of tasks runs this at each poll. */
  TwoTeams(Runnable whenPolled) {
    reconciler =
        Reconciler.builder()
            .agent(Agent.named("web-01", web).label("team", "web"))
            .agent(Agent.named("hidden-01", other).label("team", "vault").label("zebra", "1"))
            .manifest(
                () -> {
                  whenPolled.run();
                  return MANIFEST;
                })
            .onDrift(DriftPolicy.ALERT_ONLY)
            .alerts(alert -> {})
            .build();
    api = new Api(reconciler, scheduler, Optional.empty());
    for (String task : List.of("motd", "site", "vault-backup")) {
      web.pair("check " + task, "fix " + task).broken();
      other.pair("check " + task, "fix " + task).broken();
    }
  }

  /** A check and an apply of one command each. */
  record Probe(String name) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell("check " + name);
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fix " + name)).orThrow();
    }
  }

  private static Task task(String name, Selector on) {
    return Task.named(name).on(on).step("step", new Probe(name)).build();
  }

  ApiResponse get(Caller caller, String target) {
    return api.handle(ApiRequest.of(caller, "GET", target, new byte[0]));
  }

  /** The response to a body, in which ' stands for ". */
  ApiResponse post(Caller caller, String target, String body) {
    return api.handle(
        ApiRequest.of(caller, "POST", target, body.replace('\'', '"').getBytes(UTF_8)));
  }

  /** The run with this id, once it has ended. */
  String ended(Caller caller, String id) {
    String run = get(caller, "/v1/runs/" + id).text();
    while (run.contains("\"done\":false")) {
      Thread.onSpinWait();
      run = get(caller, "/v1/runs/" + id).text();
    }
    return run;
  }

  /** Declares the web host with other labels, as a reload of the config does. */
  void moveWebTo(String team) {
    reconciler.put(Agent.named("web-01", web).label("team", team));
  }

  @Override
  public void close() {
    reconciler.close();
    scheduler.close();
  }
}
