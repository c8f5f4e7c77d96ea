package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import dev.fluke.cli.PrivateFile;
import dev.fluke.ssh.Ssh;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents of an Ansible inventory. */
class AnsibleInventoryTest {
  @TempDir Path dir;

  private Config read(String inventory) throws Exception {
    Files.writeString(dir.resolve("inventory.yaml"), inventory);
    Path file =
        PrivateFile.write(
            dir.resolve("fluke.yaml"),
            """
            directory: .
            agents: { here: { local: {} } }
            inventories: [ { ansible: inventory.yaml } ]
            """);
    return new ConfigReader(Map.of()).read("fluke.yaml", file);
  }

  private static Agent agent(Config config, String name) {
    return config.agents().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void turnsGroupsAndVariablesIntoLabels() throws Exception {
    Config config =
        read(
            """
            all:
              vars: { env: staging, tier: none }
              children:
                web:
                  vars: { tier: front, http_port: 8080 }
                  hosts:
                    web-01.example.com: { ansible_host: 10.0.0.1, ansible_port: 2222,
                      ansible_user: deploy, ansible_ssh_private_key_file: keys/web, rack: a7 }
                  children:
                    canary_web: { hosts: { web-01.example.com: { env: production } } }
                ungrouped: { hosts: { lone: } }
            """);

    Agent web = agent(config, "web-01.example.com");
    assertThat(web.labels())
        .containsExactly(
            Map.entry("env", "production"),
            Map.entry("group/canary_web", "true"),
            Map.entry("group/web", "true"),
            Map.entry("http_port", "8080"),
            Map.entry("rack", "a7"),
            Map.entry("tier", "front"));
    assertThat(web.transport().orElseThrow())
        .isEqualTo(Ssh.to("10.0.0.1").port(2222).user("deploy").key(dir.resolve("keys/web")));
    assertThat(agent(config, "lone").labels())
        .containsExactly(Map.entry("env", "staging"), Map.entry("tier", "none"));
  }

  @Test
  void expandsRangesOfHosts() throws Exception {
    assertThat(read("web: { hosts: { 'web[08:10].x': , 'db-[a:c]-[1:2]': } }\n").agents())
        .extracting(Agent::name)
        .containsExactly(
            "here", "web08.x", "web09.x", "web10.x", "db-a-1", "db-a-2", "db-b-1", "db-b-2",
            "db-c-1", "db-c-2");
  }

  @Test
  void makesNoLabelsOfSecrets() throws Exception {
    Config config =
        read(
            "web: { vars: { db_password: canary-db, motd: '{{ x }}', list: [a] }, hosts: { w: } }\n");

    assertThat(agent(config, "w").labels()).containsOnly(Map.entry("group/web", "true"));
    assertThat(config.notes())
        .containsExactly(
            "inventory.yaml: 'motd' or its value is not a valid label; it is ignored",
            "inventory.yaml: variable 'db_password' may be a secret and becomes no label");
  }

  @Test
  void treatsALocalHostAsThisMachine() {
    assertThatThrownBy(() -> read("all: { hosts: { l: { ansible_connection: local } } }\n"))
        .hasMessageContaining("agents 'here' and 'l' have the same address, local");
    assertThat(Local.machine().address()).isEqualTo("local");
  }

  @Test
  void reportsErrorsAtTheirPlaceInTheInventory() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    all:
                      hots: {}
                      hosts:
                        here: {}
                        "-x": { ansible_port: ssh }
                        w: { ansible_port: ssh }
                      children: [ web ]
                    """))
        .hasMessage(
            """
            inventory.yaml:2:3: group 'all': unknown key 'hots'; did you mean 'hosts'? Known:\
             children, hosts, vars
            inventory.yaml:4:5: agent 'here' is declared more than once; declare it in one place
            inventory.yaml:5:5: host '-x': is 'ssh', must be a number from 1 to 65535
            inventory.yaml:6:5: host 'w': is 'ssh', must be a number from 1 to 65535
            inventory.yaml:7:13: group 'all': 'children': must be a mapping of names, is a list""");
  }

  @Test
  void reportsAMissingInventory() throws Exception {
    Path file =
        PrivateFile.write(
            dir.resolve("fluke.yaml"), "directory: .\ninventories: [ { ansible: none.yaml } ]\n");

    assertThatThrownBy(() -> new ConfigReader(Map.of()).read("fluke.yaml", file))
        .hasMessage("fluke.yaml:2:16: inventories: 'none.yaml' can't be read: NoSuchFileException");
  }
}
