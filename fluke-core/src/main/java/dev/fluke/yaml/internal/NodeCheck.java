package dev.fluke.yaml.internal;

import dev.fluke.text.Limits;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Finds nodes that readers must not walk: cycles, alias bombs and unknown tags. */
final class NodeCheck {
  private static final Set<Tag> PLAIN =
      Set.of(Tag.STR, Tag.MAP, Tag.SEQ, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.NULL, Tag.TIMESTAMP);

  private static final String INSTEAD = "put quotes around text that begins with '!'";

  private final Problems problems;
  private final Set<Node> path = Collections.newSetFromMap(new IdentityHashMap<>());
  private int visited;
  private boolean sound = true;
  private boolean endless;

  private NodeCheck(Problems problems) {
    this.problems = problems;
  }

  static boolean isSound(Node root, Problems problems) {
    NodeCheck check = new NodeCheck(problems);
    check.walk(root);
    return check.sound;
  }

  private void walk(Node node) {
    if (endless || ++visited > Limits.VALUES) {
      if (!endless) {
        problems.at(
            1,
            1,
            "has more than %,d values, aliases counted as they are used".formatted(Limits.VALUES));
        sound = false;
        endless = true;
      }
      return;
    }
    if (!PLAIN.contains(node.getTag())) {
      reject(node, "unknown tag " + node.getTag().getValue() + "; " + INSTEAD);
      return;
    }
    if (path.contains(node)) {
      reject(node, "the anchor contains itself");
      endless = true;
      return;
    }
    if (path.size() >= Limits.LEVELS) {
      reject(node, "nested deeper than " + Limits.LEVELS + " levels");
      endless = true;
      return;
    }
    path.add(node);
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        walk(entry.getKeyNode());
        walk(entry.getValueNode());
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(this::walk);
    }
    path.remove(node);
  }

  private void reject(Node node, String message) {
    problems.at(node, message);
    sound = false;
  }
}
