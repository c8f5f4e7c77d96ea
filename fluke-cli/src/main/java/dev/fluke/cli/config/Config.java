package dev.fluke.cli.config;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.event.EventStore;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.PushWebhook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code fluke.yaml} says. Immutable.
 *
 * @param source where manifests come from
 * @param directory the directory of manifests, if they come from one
 * @param pollInterval the time between two looks, if it is set
 * @param repository the URL of the repository, if manifests come from one
 * @param webhookSecret with what pushes are signed, if they are announced
 * @param agents all agents, those of inventories too
 * @param policy what happens on drift unless a task says otherwise
 * @param alerts where alerts go, if they go anywhere
 * @param eventsPerAgent how many events of each agent are kept
 * @param http where the API is
 * @param log what is logged, and how
 * @param notes what was left out, for people
 * @param fixed what a reload can't change: a fingerprint of each section
 */
public record Config(
    ManifestSource source,
    Optional<Path> directory,
    Optional<Duration> pollInterval,
    Optional<String> repository,
    Optional<Secret> webhookSecret,
    List<Agent> agents,
    DriftPolicy policy,
    Optional<Webhook> alerts,
    int eventsPerAgent,
    HttpConfig http,
    LogConfig log,
    List<String> notes,
    Map<String, Integer> fixed) {
  /** Copies the lists. */
  public Config {
    agents = List.copyOf(agents);
    notes = List.copyOf(notes);
    fixed = Map.copyOf(fixed);
  }

  /** A reconciler as it says, to which more can be told. */
  public ReconcilerBuilder reconciler() {
    ReconcilerBuilder builder =
        Reconciler.builder()
            .source(source)
            .agents(agents)
            .onDrift(policy)
            .events(EventStore.inMemory(eventsPerAgent));
    pollInterval.ifPresent(builder::pollInterval);
    alerts.ifPresent(builder::alerts);
    return builder;
  }

  /** What hears of pushes to the repository, if they are announced, and wakes this. */
  public Optional<PushWebhook> hook(Runnable wake) {
    return webhookSecret.map(
        secret -> PushWebhook.signedWith(secret, wake).forRepository(repository.orElseThrow()));
  }

  /** Without agents and secrets. */
  @Override
  public String toString() {
    return "config of " + source + ", " + agents.size() + " agents";
  }
}
