package dev.fluke.cli.config;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Names;
import dev.fluke.cli.config.AnsibleInventory.Host;
import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.ssh.Ssh;
import dev.fluke.transport.Local;
import dev.fluke.transport.Transport;
import dev.fluke.yaml.internal.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Turns the hosts of an inventory into agents. Each group becomes a label {@code group/NAME} with
 * the value {@code true}; each variable becomes a label.
 */
final class AnsibleAgents {
  private static final Pattern SECRET =
      Pattern.compile("(?i)pass|secret|token|private_?key|credential");

  private static final int MOST_OF_HOST = 1_000;
  private static final int MOST = 1_000_000;

  private final ConfigFiles files;
  private final Login login;
  private final Problems problems;
  private final Set<String> notes;

  AnsibleAgents(ConfigFiles files, Login login, Problems problems, Set<String> notes) {
    this.files = files;
    this.login = login;
    this.problems = problems;
    this.notes = notes;
  }

  List<Agent> of(AnsibleInventory inventory, Map<String, Agent> known) {
    List<Agent> agents = new ArrayList<>();
    rejectTooMuch(inventory);
    for (Host host : inventory.hosts()) {
      if (known.containsKey(host.name())) {
        problems.at(
            host.location(),
            "agent '%s' is declared more than once; declare it in one place"
                .formatted(host.name()));
        continue;
      }
      try {
        Agent agent = agent(host);
        known.put(agent.name(), agent);
        agents.add(agent);
      } catch (IllegalArgumentException e) {
        problems.at(host.location(), "host '" + host.name() + "': " + e.getMessage());
      }
    }
    return agents;
  }

  /** Counts before one agent is built. */
  private void rejectTooMuch(AnsibleInventory inventory) {
    int together = 0;
    for (Host host : inventory.hosts()) {
      together += host.size();
      if (together > MOST) {
        throw problems.ended(
            host.location(),
            "the hosts of the inventory have more than %,d groups and variables; split it"
                .formatted(MOST));
      }
    }
  }

  private Agent agent(Host host) {
    if (host.size() > MOST_OF_HOST) {
      throw new IllegalArgumentException(
          "has %,d groups and variables, those of its groups included; at most %,d are allowed"
              .formatted(host.size(), MOST_OF_HOST));
    }
    Map<String, String> variables = host.variables();
    Agent agent = Agent.named(host.name(), transport(host, variables));
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      if (!variable.getKey().startsWith("ansible_")) {
        add(labels, variable.getKey(), variable.getValue());
      }
    }
    for (String group : host.groups()) {
      add(labels, "group/" + group, "true");
    }
    return agent.labels(labels);
  }

  /** Labels are visible in events and alerts, so a variable that may be a secret becomes none. */
  private void add(Map<String, String> labels, String key, String value) {
    if (SECRET.matcher(key).find()) {
      notes.add(problems.file() + ": variable '" + key + "' may be a secret and becomes no label");
      return;
    }
    try {
      labels.put(Names.check("label", key), Names.checkLabelValue(key, value));
    } catch (IllegalArgumentException e) {
      notes.add(
          problems.file() + ": '" + key + "' or its value is not a valid label; it is ignored");
    }
  }

  private Transport transport(Host host, Map<String, String> variables) {
    if (variables.getOrDefault("ansible_connection", "ssh").equals("local")) {
      return Local.machine();
    }
    Optional<Path> key =
        first(variables, "ansible_ssh_private_key_file", "ansible_private_key_file")
            .map(files::file);
    key.ifPresent(
        file ->
            files
                .checks()
                .of(file, Allowed.NOTHING)
                .forEach(problem -> problems.at(host.location(), "the private key " + problem)));
    return login
        .overriddenBy(
            first(variables, "ansible_user", "ansible_ssh_user"),
            first(variables, "ansible_port", "ansible_ssh_port")
                .map(port -> ConfigValues.number(port, 1, 65535)),
            key)
        .applyTo(Ssh.to(first(variables, "ansible_host", "ansible_ssh_host").orElse(host.name())));
  }

  private static Optional<String> first(Map<String, String> variables, String name, String or) {
    return Optional.ofNullable(variables.getOrDefault(name, variables.get(or)));
  }
}
