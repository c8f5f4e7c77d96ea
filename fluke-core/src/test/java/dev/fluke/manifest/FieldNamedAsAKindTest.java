package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A kind that comes later does not spoil the fields of those that are there. */
class FieldNamedAsAKindTest {
  private static final ManifestReader READER = ManifestReader.of(new ProbeKind(), new Bare("unit"));

  /** Has nothing but a name. */
  private record Bare(String name) implements ExecutorKind {
    @Override
    public String about() {
      return "Is there.";
    }

    @Override
    public List<Field<?>> fields() {
      return List.of();
    }

    @Override
    public Executor read(Settings values) {
      return new ProbeKind.Probe(Map.of());
    }
  }

  private static Executor read(String fields) throws InvalidManifestException {
    return READER
        .read(Map.of("a.fluke.yaml", Yaml.step(fields).getBytes(UTF_8)))
        .tasks()
        .get(0)
        .steps()
        .get(0)
        .executor();
  }

  @Test
  void aFieldOfTheStepsKindIsNoSecondKind() throws Exception {
    assertThat(read("check: x\nunit: nginx")).asString().contains("unit=nginx");
  }

  @Test
  void twoKindsOfWhichNeitherHasTheOtherAsAFieldAreAnError() {
    ManifestReader reader = ManifestReader.of(new Bare("unit"), new Bare("other"));
    byte[] file = Yaml.step("unit: x").replace("probe", "other").getBytes(UTF_8);

    assertThatThrownBy(() -> reader.read(Map.of("a.fluke.yaml", file)))
        .hasMessageContaining(
            "a step has one kind, but this has 'other' and 'unit'; split it into two steps");
  }
}
