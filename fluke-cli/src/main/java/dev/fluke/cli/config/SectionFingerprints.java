package dev.fluke.cli.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Detects changes of sections that a reload can't apply. */
final class SectionFingerprints {
  private static final List<String> RELOADED = List.of("agents", "inventories");

  private SectionFingerprints() {}

  /** A hash of each section that is not reloaded. Values of variables count. */
  static Map<String, Integer> of(Node root, Environment variables) {
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
