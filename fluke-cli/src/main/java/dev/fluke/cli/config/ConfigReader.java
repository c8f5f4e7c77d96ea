package dev.fluke.cli.config;

import dev.fluke.agent.Agent;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.command.SecretSource;
import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.manifest.Manifest;
import dev.fluke.source.ManifestSource;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code fluke.yaml}. It can read a file repeatedly: unchanged agents and secrets stay equal.
 * Safe for use by any thread.
 */
public final class ConfigReader {
  private static final int EVENTS_KEPT = 100;

  private final transient Map<String, String> environment; // transient: may have secrets
  private final transient Map<String, Secret> secrets = new ConcurrentHashMap<>();

  /** Creates a reader that replaces variables with these values. */
  public ConfigReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads a config and the inventories that it names.
   *
   * @param name the name of the file in messages
   * @throws InvalidConfigException with all errors of these files
   */
  public Config read(String name, Path file) throws IOException, InvalidConfigException {
    Problems problems = new Problems(name);
    Environment variables = new Environment(environment);
    byte[] content = YamlFile.bytes(file);
    Path directory = file.toAbsolutePath().normalize().getParent();
    ConfigFiles files = new ConfigFiles(directory == null ? Path.of("/") : directory, secrets);
    files.checks().of(file, Allowed.NOTHING).forEach(problem -> problems.at(1, 1, problem));
    int exposures = problems.found().size();
    Node node = YamlFile.read(content, problems);
    if (node == null) {
      if (problems.found().size() == exposures) {
        problems.at(1, 1, "is empty; 'fluke init' writes a starter config");
      }
      throw new InvalidConfigException(problems.found());
    }
    Inventories inventories = new Inventories(files);
    try {
      Section root = Section.root(node, new Section.Context(variables, problems));
      List<SecretSource> sources =
          root.section("secrets")
              .map(section -> SecretsSection.of(section, files, environment))
              .orElse(List.of());
      Config config =
          config(root, files, inventories, sources, SectionFingerprints.of(node, variables));
      root.end();
      if (problems.found().isEmpty() && inventories.problems().isEmpty()) {
        return config;
      }
    } catch (Problems.EndedException e) {
      // its last problem says so
    }
    problems.found().addAll(inventories.problems());
    throw new InvalidConfigException(problems.found());
  }

  private Config config(
      Section root,
      ConfigFiles files,
      Inventories inventories,
      List<SecretSource> secrets,
      Map<String, Integer> fixed) {
    SourceSections source = SourceSections.of(root, files);
    List<Agent> agents = new ArrayList<>(AgentSections.of(root, files));
    agents.addAll(inventories.agents(root, agents));
    rejectSharedAddresses(root, agents);
    DriftSection drift =
        root.section("drift").map(s -> DriftSection.of(s, files)).orElse(DriftSection.none());
    int kept = root.section("event_store").map(ConfigReader::eventsKept).orElse(EVENTS_KEPT);
    HttpConfig http =
        root.section("http")
            .map(s -> HttpConfig.of(s, files, environment))
            .orElse(HttpConfig.none(environment));
    Optional<Path> audit = root.section("audit").flatMap(s -> AuditConfig.file(s, files));
    LogConfig log = root.section("log").map(LogConfig::of).orElse(LogConfig.none());
    return new Config(
        source.source().orElse(ManifestSource.of(Manifest.empty())),
        source.directory(),
        source.pollInterval(),
        source.repository(),
        source.webhookSecret(),
        secrets,
        agents,
        drift.policy(),
        drift.alerts(),
        kept,
        http,
        log,
        new AuditConfig(audit, mask(files)),
        notes(agents, inventories, http),
        SectionFingerprints.withFiles(fixed, http));
  }

  private static Mask mask(ConfigFiles files) {
    Mask mask = new Mask();
    files.secrets().forEach(mask::learnLong);
    return mask;
  }

  private static List<String> notes(List<Agent> agents, Inventories inventories, HttpConfig http) {
    List<String> notes = new ArrayList<>(inventories.notes());
    if (agents.isEmpty()) {
      notes.add("the config declares no agents; add 'agents' or 'inventories'");
    }
    if (http.listen().isPresent() && !http.hasCredentials()) {
      notes.add(
          "without a token, 'http.listen' serves only hooks, health and metrics; the API is only at the Unix socket");
    }
    return notes;
  }

  private static int eventsKept(Section store) {
    store.as("backend", text -> ConfigValues.oneOf(text, List.of("memory")));
    int kept = store.section("memory").map(ConfigReader::eventsInMemory).orElse(EVENTS_KEPT);
    store.end();
    return kept;
  }

  private static int eventsInMemory(Section memory) {
    int kept = memory.number("max_events_per_agent", 1, 100_000, EVENTS_KEPT);
    memory.end();
    return kept;
  }

  /** Fluke works on one address sequentially, so an address belongs to one agent. */
  private static void rejectSharedAddresses(Section root, List<Agent> agents) {
    Map<String, Agent> byAddress = new HashMap<>();
    for (Agent agent : agents) {
      Agent first = byAddress.putIfAbsent(agent.address(), agent);
      if (first != null && !first.name().equals(agent.name())) {
        root.problem(
            "agents '%s' and '%s' have the same address, %s; merge them into one agent with the labels of both"
                .formatted(first.name(), agent.name(), agent.address()));
      }
    }
  }
}
