package dev.fluke.cli.config;

import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The hosts of an Ansible inventory in YAML, with their groups and variables. Variables of a host
 * override those of its groups; variables of a group override those of its parents.
 */
final class AnsibleInventory {
  private static final Set<String> NO_LABEL = Set.of("all", "ungrouped");
  private static final List<String> PARTS = List.of("hosts", "vars", "children");

  private static final int MOST_HOSTS = 100_000;

  private final Problems problems;
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private int named;

  /** A host, merged from all places that name it. */
  static final class Host {
    private final String name;
    private final Node location;
    private final Set<String> groups = new TreeSet<>();
    private final TreeMap<Integer, List<Map<String, String>>> variables = new TreeMap<>();

    private Host(String name, Node location) {
      this.name = name;
      this.location = location;
    }

    String name() {
      return name;
    }

    Node location() {
      return location;
    }

    Set<String> groups() {
      return groups;
    }

    Map<String, String> variables() {
      Map<String, String> all = new TreeMap<>();
      variables.values().forEach(ofDepth -> ofDepth.forEach(all::putAll));
      return all;
    }

    /** How many groups and variables it has, overridden ones included. */
    int size() {
      int size = groups.size();
      for (List<Map<String, String>> ofDepth : variables.values()) {
        size += ofDepth.stream().mapToInt(Map::size).sum();
      }
      return size;
    }

    private void addVariables(int depth, Map<String, String> texts) {
      if (!texts.isEmpty()) {
        variables.computeIfAbsent(depth, d -> new ArrayList<>()).add(texts);
      }
    }
  }

  private AnsibleInventory(Problems problems) {
    this.problems = problems;
  }

  static AnsibleInventory of(Node root, Problems problems) {
    AnsibleInventory inventory = new AnsibleInventory(problems);
    for (Mapping.Entry group :
        Mapping.of(
                root,
                "",
                "an inventory in YAML; convert others with"
                    + " 'ansible-inventory --list --yaml --export'",
                problems)
            .entries()) {
      inventory.group(group, List.of());
    }
    return inventory;
  }

  Collection<Host> hosts() {
    return hosts.values();
  }

  /** A group with its variables. */
  private record Group(String name, Map<String, String> variables) {}

  private void group(Mapping.Entry entry, List<Group> parents) {
    if (Mapping.kind(entry.value()).equals("empty")) {
      return;
    }
    String thing = "group '" + entry.name() + "'";
    Mapping group = Mapping.of(entry.value(), thing, "a mapping", problems);
    Mapping.Entry named = group.take("hosts");
    Mapping.Entry children = group.take("children");
    List<Group> path = new ArrayList<>(parents);
    path.add(new Group(entry.name(), texts(group.take("vars"), thing)));
    group.nothingElse("key", PARTS);
    for (Mapping.Entry host : below(named, thing + ": 'hosts'")) {
      host(host, path);
    }
    for (Mapping.Entry child : below(children, thing + ": 'children'")) {
      group(child, path);
    }
  }

  private List<Mapping.Entry> below(Mapping.@Nullable Entry entry, String thing) {
    return entry == null || Mapping.kind(entry.value()).equals("empty")
        ? List.of()
        : Mapping.of(entry.value(), thing, "a mapping of names", problems).entries();
  }

  private void host(Mapping.Entry entry, List<Group> path) {
    Map<String, String> own = texts(entry, "host '" + entry.name() + "'");
    for (String name : names(entry)) {
      Host host = hosts.computeIfAbsent(name, n -> new Host(n, entry.key()));
      for (int depth = 0; depth < path.size(); depth++) {
        host.addVariables(depth, path.get(depth).variables());
        if (!NO_LABEL.contains(path.get(depth).name())) {
          host.groups.add(path.get(depth).name());
        }
      }
      host.addVariables(Integer.MAX_VALUE, own);
    }
  }

  private List<String> names(Mapping.Entry entry) {
    try {
      List<String> names = HostRange.expanded(entry.name());
      named += names.size();
      if (named > MOST_HOSTS) {
        throw problems.ended(
            entry.key(),
            "the inventory names more than %,d hosts, each counted as often as it is named; split it"
                .formatted(MOST_HOSTS));
      }
      return names;
    } catch (IllegalArgumentException e) {
      problems.at(entry.key(), String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** The variables that are texts; lists and mappings are ignored. */
  private Map<String, String> texts(Mapping.@Nullable Entry entry, String thing) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Mapping.Entry variable : below(entry, thing)) {
      if (variable.value() instanceof ScalarNode text) {
        texts.put(variable.name(), text.getValue());
      }
    }
    return texts;
  }
}
