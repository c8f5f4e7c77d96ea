package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.text.FileProblem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Short ways to read manifests in tests. */
final class Yaml {
  static final ManifestReader READER = ManifestReader.of(new ProbeKind());

  private Yaml() {}

  /** The start of a file with one task; a step's lines go below, indented by 10. */
  static String step(String lines) {
    return "tasks:\n  t:\n    selector: { all: true }\n    steps:\n      - probe: s\n"
        + lines.indent(8);
  }

  static Manifest good(String yaml) throws InvalidManifestException {
    return READER.read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)));
  }

  /** The one value of this field, in a file with one step. */
  static Object value(String yaml, String field) throws InvalidManifestException {
    Step step = good(yaml).tasks().get(0).steps().get(0);
    return ((ProbeKind.Probe) step.executor()).values().get(field);
  }

  /** What is wrong with these files, by path. */
  static List<String> wrong(Map<String, String> files) {
    Map<String, byte[]> bytes = new TreeMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(UTF_8)));
    return wrongBytes(bytes);
  }

  static List<String> wrongBytes(Map<String, byte[]> files) {
    try {
      Manifest read = READER.read(files);
      throw new AssertionError("nothing is wrong with " + read);
    } catch (InvalidManifestException e) {
      return e.problems().stream().map(FileProblem::toString).toList();
    }
  }

  /** What is wrong with this file, without the name of the file. */
  static List<String> wrong(String yaml) {
    return wrong(Map.of("a.fluke.yaml", yaml)).stream()
        .map(problem -> problem.substring("a.fluke.yaml:".length()))
        .toList();
  }
}
