package dev.fluke.cli.config;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.command.SecretSource;
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
 * The content of {@code fluke.yaml}. Immutable.
 *
 * @param source the source of manifests
 * @param directory the directory of manifests; empty if they come from Git
 * @param pollInterval the time between two polls; empty for the default
 * @param repository the URL of the Git repository; empty if manifests come from a directory
 * @param webhookSecret the secret that signs push webhooks; empty if none are accepted
 * @param secrets the sources of the secrets that manifests name, the first first
 * @param agents all agents, including those of inventories
 * @param policy the drift policy of tasks that declare none
 * @param alerts the webhook for alerts; empty if no alerts are sent
 * @param eventsPerAgent the number of events kept for each agent
 * @param http the settings of the API
 * @param log the settings of the log
 * @param audit the settings of the audit
 * @param notes messages for the user, such as ignored variables
 * @param fixed a fingerprint of each section that a reload can't change
 */
public record Config(
    ManifestSource source,
    Optional<Path> directory,
    Optional<Duration> pollInterval,
    Optional<String> repository,
    Optional<Secret> webhookSecret,
    List<SecretSource> secrets,
    List<Agent> agents,
    DriftPolicy policy,
    Optional<Webhook> alerts,
    int eventsPerAgent,
    HttpConfig http,
    LogConfig log,
    AuditConfig audit,
    List<String> notes,
    Map<String, Integer> fixed) {
  /** Copies the lists. */
  public Config {
    secrets = List.copyOf(secrets);
    agents = List.copyOf(agents);
    notes = List.copyOf(notes);
    fixed = Map.copyOf(fixed);
  }

  /** A builder of the reconciler that this config declares. */
  public ReconcilerBuilder reconciler() {
    ReconcilerBuilder builder =
        Reconciler.builder()
            .source(source)
            .agents(agents)
            .onDrift(policy)
            .events(EventStore.inMemory(eventsPerAgent));
    secrets.forEach(builder::secrets);
    pollInterval.ifPresent(builder::pollInterval);
    alerts.ifPresent(builder::alerts);
    return builder;
  }

  /** The webhook for pushes to the repository; each push runs {@code onPush}. */
  public Optional<PushWebhook> pushWebhook(Runnable onPush) {
    return webhookSecret.map(
        secret -> PushWebhook.signedWith(secret, onPush).forRepository(repository.orElseThrow()));
  }

  /** Shows no secrets and no agents. */
  @Override
  public String toString() {
    return "config of " + source + ", " + agents.size() + " agents";
  }
}
