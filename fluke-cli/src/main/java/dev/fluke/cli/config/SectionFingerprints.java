package dev.fluke.cli.config;

import dev.fluke.cli.access.Credentials.Token;
import dev.fluke.cli.config.HttpConfig.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Detects changes of sections that a reload can't apply, and of the files of credentials. */
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

  /** The same hashes, where that of {@code http} covers what its files hold, too. */
  static Map<String, Integer> withFiles(Map<String, Integer> sections, HttpConfig http) {
    Map<String, Integer> all = new HashMap<>(sections);
    List<String> tokens = http.credentials().tokens().stream().map(Token::sha256).toList();
    List<Integer> files =
        http.tls().map(Tls::files).orElse(List.of()).stream()
            .map(SectionFingerprints::ofContent)
            .toList();
    all.computeIfPresent("http", (name, hash) -> Objects.hash(hash, tokens, files));
    return all;
  }

  /** Zero for a file that can't be read, which is an error of the config elsewhere. */
  private static int ofContent(Path file) {
    try {
      return Arrays.hashCode(Files.readAllBytes(file));
    } catch (IOException e) {
      return 0;
    }
  }
}
