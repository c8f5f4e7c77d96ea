package dev.fluke.cli.config;

import dev.fluke.agent.Agent;
import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.source.ManifestSource;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads {@code fluke.yaml}, again and again if need be: what did not change stays equal. Safe for
 * use by any thread.
 */
public final class ConfigReader {
  private static final List<String> RELOADED = List.of("agents", "inventories");
  private static final int EVENTS_KEPT = 100;
  private static final List<String> POLICIES =
      Arrays.stream(DriftPolicy.values()).map(DriftPolicy::toString).toList();

  private final Map<String, String> environment;
  private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

  /** With these variables. */
  public ConfigReader(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /**
   * Reads this file.
   *
   * @param name what it is called in messages
   * @throws InvalidConfigException naming all that is wrong with it, and with files that it names
   */
  public Config read(String name, Path file) throws IOException, InvalidConfigException {
    Problems problems = new Problems(name);
    Environment variables = new Environment(environment);
    Node node = YamlFile.read(Files.readAllBytes(file), problems);
    if (node == null) {
      if (problems.found().isEmpty()) {
        problems.at(1, 1, "is empty; 'fluke init' writes one to begin with");
      }
      throw new InvalidConfigException(problems.found());
    }
    Path directory = file.toAbsolutePath().normalize().getParent();
    ConfigFiles files = new ConfigFiles(directory == null ? Path.of("/") : directory, secrets);
    Section root = Section.root(node, new Section.Place(variables, problems));
    Inventories inventories = new Inventories(files);
    Config config = config(root, files, inventories, fixed(node, variables));
    root.end();
    problems.found().addAll(inventories.problems());
    if (!problems.found().isEmpty()) {
      throw new InvalidConfigException(problems.found());
    }
    return config;
  }

  private static Config config(
      Section root, ConfigFiles files, Inventories inventories, Map<String, Integer> fixed) {
    SourceSections source = SourceSections.of(root, files);
    List<Agent> agents = new ArrayList<>(AgentSections.of(root, files));
    agents.addAll(inventories.agents(root, agents));
    noneTwice(root, agents);
    Optional<Section> drift = root.section("drift");
    Optional<Webhook> alerts = drift.flatMap(section -> alerts(section, files));
    DriftPolicy policy = drift.flatMap(s -> policy(s, alerts)).orElse(DriftPolicy.REMEDIATE);
    drift.ifPresent(Section::end);
    int kept = root.section("event_store").map(ConfigReader::eventsKept).orElse(EVENTS_KEPT);
    HttpConfig http =
        root.section("http").map(s -> HttpConfig.of(s, files)).orElse(HttpConfig.none());
    LogConfig log = root.section("log").map(LogConfig::of).orElse(LogConfig.none());
    return new Config(
        source.source().orElse(ManifestSource.of(Manifest.empty())),
        source.directory(),
        source.pollInterval(),
        source.repository(),
        source.webhookSecret(),
        agents,
        policy,
        alerts,
        kept,
        http,
        log,
        notes(agents, inventories),
        fixed);
  }

  private static List<String> notes(List<Agent> agents, Inventories inventories) {
    List<String> notes = new ArrayList<>(inventories.notes());
    if (agents.isEmpty()) {
      notes.add("there are no agents; 'agents' or 'inventories' of the config names them");
    }
    return notes;
  }

  private static Optional<Webhook> alerts(Section drift, ConfigFiles files) {
    boolean isAlone = drift.has("alert_secret") && !drift.has("alert_webhook");
    Optional<Webhook> webhook = drift.as("alert_webhook", Webhook::to);
    Optional<Secret> secret =
        drift.as(
            "alert_secret",
            text -> {
              Secret key = files.secret(text);
              var unused = Webhook.to("https://localhost/").signedWith(key);
              return key;
            });
    if (isAlone) {
      drift.wrong("has an 'alert_secret' and no 'alert_webhook'");
    }
    return webhook.map(to -> secret.map(to::signedWith).orElse(to));
  }

  private static Optional<DriftPolicy> policy(Section drift, Optional<Webhook> alerts) {
    Optional<DriftPolicy> policy =
        drift.as("policy", text -> DriftPolicy.of(Choices.oneOf(text, POLICIES)));
    if (alerts.isEmpty()) {
      policy
          .filter(DriftPolicy::alerts)
          .ifPresent(it -> drift.wrong("policy " + it + " needs an 'alert_webhook' to tell"));
    }
    return policy;
  }

  private static int eventsKept(Section store) {
    store.as("backend", text -> Choices.oneOf(text, List.of("memory")));
    int kept =
        store
            .section("memory")
            .map(
                memory -> {
                  int number = memory.number("max_events_per_agent", 1, 100_000, EVENTS_KEPT);
                  memory.end();
                  return number;
                })
            .orElse(EVENTS_KEPT);
    store.end();
    return kept;
  }

  /** Work on one address happens one thing at a time, so it is one agent. */
  private static void noneTwice(Section root, List<Agent> agents) {
    Map<String, Agent> byAddress = new HashMap<>();
    for (Agent agent : agents) {
      Agent first = byAddress.putIfAbsent(agent.address(), agent);
      if (first != null && !first.name().equals(agent.name())) {
        root.wrong(
            "agents '"
                + first.name()
                + "' and '"
                + agent.name()
                + "' have one address, "
                + agent.address()
                + "; make one agent of them, with the labels of both");
      }
    }
  }

  /** What tells whether a section is another one than before; values of variables count. */
  private static Map<String, Integer> fixed(Node root, Environment variables) {
    Map<String, Integer> sections = new HashMap<>();
    if (root instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        String key = entry.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
        if (!RELOADED.contains(key)) {
          sections.put(key, variables.replacedBelow(entry.getValueNode()).hashCode());
        }
      }
    }
    return sections;
  }
}
