package dev.fluke.onhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.executor.Executor;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestReader;
import java.util.List;
import java.util.Map;

/** What one step in YAML declares, and the files beside it. Immutable. */
public record StepInYaml(String kind, Map<String, byte[]> files) {
  private static final ManifestReader READER =
      ManifestReader.of(StepInYaml.class.getClassLoader(), List.of());

  /** A step of this kind, in the file {@code a.fluke.yaml}. */
  public static StepInYaml of(String kind) {
    return new StepInYaml(kind, Map.of());
  }

  /** With a file of the same revision. */
  public StepInYaml beside(String path, byte[] content) {
    return new StepInYaml(kind, Map.of(path, content));
  }

  /** The executor that these fields declare. */
  public Executor read(String fields) throws InvalidManifestException {
    String yaml =
        "tasks:\n  t:\n    selector: { all: true }\n    steps:\n      - "
            + kind
            + ": s\n"
            + fields.indent(8);
    return READER
        .read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)), files::get)
        .tasks()
        .get(0)
        .steps()
        .get(0)
        .executor();
  }
}
