package dev.fluke.cli.config;

import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** A section read from YAML, with its problems; {@code $SECRET} is {@code canary}. */
final class SectionFixture {
  private final Problems problems = new Problems("f.yaml");
  private final Section root;

  private SectionFixture(String yaml) {
    root =
        Section.root(
            Objects.requireNonNull(YamlFile.read(yaml.getBytes(StandardCharsets.UTF_8), problems)),
            new Section.Context(new Environment(Map.of("SECRET", "canary")), problems));
  }

  static SectionFixture of(String yaml) {
    return new SectionFixture(yaml);
  }

  Section root() {
    return root;
  }

  List<String> problems() {
    return problems.found().stream().map(Object::toString).toList();
  }

  static ConfigFiles files() {
    return new ConfigFiles(Path.of("/etc/fluke"), new ConcurrentHashMap<>());
  }
}
