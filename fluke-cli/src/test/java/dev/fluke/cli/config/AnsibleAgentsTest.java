package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.ssh.Ssh;
import dev.fluke.transport.Local;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnsibleAgentsTest {
  private final Problems problems = new Problems("hosts.yaml");
  private final Set<String> notes = new TreeSet<>();
  private final Map<String, Agent> known = new HashMap<>();

  private List<Agent> agents(String yaml) {
    ConfigFiles files = new ConfigFiles(Path.of("/etc/fluke"), new ConcurrentHashMap<>());
    AnsibleInventory inventory =
        AnsibleInventory.of(
            Objects.requireNonNull(YamlFile.read(yaml.getBytes(StandardCharsets.UTF_8), problems)),
            problems);
    return new AnsibleAgents(files, Login.none(), problems, notes).of(inventory, known);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db_password",
        "PASSWD",
        "api_token",
        "private_key",
        "privatekey",
        "passphrase",
        "client_secret",
        "credentials"
      })
  void makeNoLabelOfAVariableThatSoundsSecret(String variable) {
    List<Agent> agents = agents("web: { hosts: { w: { " + variable + ": x } } }\n");

    assertThat(agents.get(0).labels()).containsOnlyKeys("group/web");
    assertThat(notes)
        .containsExactly(
            "hosts.yaml: variable '" + variable + "' may be a secret and becomes no label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"monkey", "keyboard", "backup", "rack"})
  void makeLabelsOfOtherVariables(String variable) {
    assertThat(agents("web: { hosts: { w: { " + variable + ": x } } }\n").get(0).labels())
        .containsEntry(variable, "x");
  }

  @Test
  void readTheConnection() {
    List<Agent> agents =
        agents(
            """
            all:
              hosts:
                a: { ansible_host: 10.0.0.1, ansible_port: 2222, ansible_user: ann }
                b: { ansible_ssh_host: 10.0.0.2, ansible_ssh_port: 23, ansible_ssh_user: bob }
                c: { ansible_private_key_file: keys/c }
                d: { ansible_connection: local }
            """);

    assertThat(agents)
        .extracting(agent -> agent.transport().orElseThrow())
        .containsExactly(
            Ssh.to("10.0.0.1").port(2222).user("ann"),
            Ssh.to("10.0.0.2").port(23).user("bob"),
            Ssh.to("c").key(Path.of("/etc/fluke/keys/c")),
            Local.machine());
  }

  @Test
  void rejectHostsThatAreDeclaredAlready() {
    known.put("w", Agent.named("w"));

    assertThat(agents("all: { hosts: { w: } }\n")).isEmpty();
    assertThat(problems.found())
        .extracting(Object::toString)
        .containsExactly(
            "hosts.yaml:1:17: agent 'w' is declared more than once; declare it in one place");
  }

  @Test
  void reportInvalidPorts() {
    assertThat(agents("all: { hosts: { w: { ansible_port: 0 } } }\n")).isEmpty();
    assertThat(problems.found())
        .extracting(Object::toString)
        .containsExactly("hosts.yaml:1:17: host 'w': is '0', must be a number from 1 to 65535");
  }
}
