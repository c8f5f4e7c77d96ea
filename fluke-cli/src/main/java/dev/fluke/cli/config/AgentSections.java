package dev.fluke.cli.config;

import dev.fluke.agent.Agent;
import dev.fluke.ssh.Ssh;
import dev.fluke.text.Durations;
import dev.fluke.transport.Local;
import dev.fluke.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code agents}: the agents that the config declares directly. */
final class AgentSections {
  private final ConfigFiles files;

  private AgentSections(ConfigFiles files) {
    this.files = files;
  }

  static List<Agent> of(Section root, ConfigFiles files) {
    AgentSections reader = new AgentSections(files);
    List<Agent> agents = new ArrayList<>();
    for (Section.Named named : root.sections("agents")) {
      reader.agent(named).ifPresent(agents::add);
    }
    return agents;
  }

  private Optional<Agent> agent(Section.Named named) {
    Section section = named.section();
    Optional<Transport> transport = transport(section);
    Map<String, String> labels = new LinkedHashMap<>();
    section.texts("labels", (key, value) -> labels.putAll(validLabel(key, value)));
    Optional<Section> execution = section.section("execution");
    Optional<Agent> agent = Optional.empty();
    try {
      agent = Optional.of(Agent.named(named.entry().name(), transport.orElse(Local.machine())));
    } catch (IllegalArgumentException e) {
      section.problem(named.entry().key(), "agents: " + e.getMessage());
    }
    agent = agent.map(it -> it.labels(labels));
    if (execution.isPresent()) {
      agent = withLimits(execution.get(), agent);
    }
    section.end();
    return transport.isEmpty() ? Optional.empty() : agent;
  }

  private static Map<String, String> validLabel(String key, String value) {
    return Agent.named("any").label(key, value).labels();
  }

  private Optional<Transport> transport(Section section) {
    Optional<Section> ssh = section.section("ssh");
    Optional<Section> local = section.section("local");
    if (!section.isBroken() && ssh.isPresent() == local.isPresent()) {
      section.problem("requires either 'ssh: { host: … }' or 'local: {}'");
    }
    local.ifPresent(Section::end);
    if (ssh.isPresent()) {
      return ssh(ssh.get());
    }
    return local.map(here -> Local.machine());
  }

  private Optional<Transport> ssh(Section ssh) {
    Optional<Ssh> host = ssh.required("host", "a name or an address", Ssh::to);
    Login login = Login.of(ssh, files);
    ssh.end();
    return host.map(login::applyTo);
  }

  private static Optional<Agent> withLimits(Section execution, Optional<Agent> agent) {
    Optional<String> shell = execution.as("default_shell", AgentSections::shell);
    Optional<Duration> check = execution.as("check_timeout", Durations::parse);
    Optional<Duration> command = execution.as("command_timeout", Durations::parse);
    execution.end();
    return agent
        .map(it -> shell.map(it::defaultShell).orElse(it))
        .map(it -> check.map(it::checkLimit).orElse(it))
        .map(it -> command.map(it::applyLimit).orElse(it));
  }

  private static String shell(String path) {
    return Agent.named("any").defaultShell(path).defaultShell();
  }
}
