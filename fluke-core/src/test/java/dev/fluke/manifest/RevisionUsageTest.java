package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.nodes.Node;

/** What one revision may have; the limits of text and files are in {@link ManifestLimitsTest}. */
@Tag("M04")
class RevisionUsageTest {
  private final Problems problems = new Problems("a.yaml");
  private final RevisionUsage usage = new RevisionUsage();
  private final Node place = requireNonNull(YamlFile.read("t".getBytes(UTF_8), problems));

  @Test
  void endsAtTwentyThousandTasks() {
    for (int i = 0; i < 20_000; i++) {
      usage.task(place, problems);
    }
    assertThat(problems.found()).isEmpty();
    assertThatThrownBy(() -> usage.task(place, problems))
        .isInstanceOf(Problems.EndedException.class);
    assertThat(problems.found())
        .singleElement()
        .hasToString(
            "a.yaml:1:1: the revision has more than 20,000 tasks; split the revision into several"
                + " sources");
  }

  @Test
  void endsAtFiftyThousandSteps() {
    for (int i = 0; i < 50_000; i++) {
      usage.step(place, problems);
    }
    assertThat(problems.found()).isEmpty();
    assertThatThrownBy(() -> usage.step(place, problems))
        .isInstanceOf(Problems.EndedException.class);
    assertThat(problems.found())
        .singleElement()
        .hasToString(
            "a.yaml:1:1: the revision has more than 50,000 steps; split the revision into several"
                + " sources");
  }
}
