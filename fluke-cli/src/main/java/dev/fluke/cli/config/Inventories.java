package dev.fluke.cli.config;

import dev.fluke.agent.Agent;
import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.text.FileProblem;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.Node;

/** {@code inventories}: agents that inventory files declare. */
final class Inventories {
  private final ConfigFiles files;
  private final Set<FileProblem> problems = new TreeSet<>();
  private final Set<String> notes = new TreeSet<>();

  Inventories(ConfigFiles files) {
    this.files = files;
  }

  /** The problems of the inventory files. */
  Set<FileProblem> problems() {
    return problems;
  }

  /** Notes about ignored variables. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  List<Agent> agents(Section root, Collection<Agent> known) {
    Map<String, Agent> all = new LinkedHashMap<>();
    known.forEach(agent -> all.put(agent.name(), agent));
    List<Agent> found = new ArrayList<>();
    for (Section inventory : root.listed("inventories")) {
      Optional<String> path = inventory.required("ansible", "the path of an inventory in YAML");
      Optional<Section> ssh = inventory.section("ssh");
      Login login = ssh.map(section -> Login.of(section, files)).orElse(Login.none());
      ssh.ifPresent(Section::end);
      if (ssh.isEmpty()) {
        login.reportUsualFiles(inventory, files);
      }
      inventory.end();
      path.ifPresent(
          file -> {
            inventory.reportExposed("ansible", files.file(file), files, Allowed.READING);
            found.addAll(ansible(inventory, file, login, all));
          });
    }
    return found;
  }

  private List<Agent> ansible(
      Section inventory, String name, Login login, Map<String, Agent> known) {
    Path file = files.file(name);
    Problems fileProblems = new Problems(name);
    List<Agent> agents = new ArrayList<>();
    try {
      Node node = YamlFile.read(YamlFile.bytes(file), fileProblems);
      if (node != null) {
        AnsibleInventory hosts = AnsibleInventory.of(node, fileProblems);
        agents.addAll(new AnsibleAgents(files, login, fileProblems, notes).of(hosts, known));
      }
    } catch (Problems.EndedException e) {
      // its last problem says so
    } catch (IOException e) {
      inventory.problem("'%s' can't be read: %s".formatted(name, e.getClass().getSimpleName()));
    }
    problems.addAll(fileProblems.found());
    return agents;
  }
}
