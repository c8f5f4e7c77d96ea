package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that use one another in a circle can be neither read nor tested alone: two at most. */
class KnotsTest {
  private static final int MOST = 2;

  @ParameterizedTest
  @MethodSource("shippedModules")
  void hasNoKnotOfMoreThanTwoFiles(String module) {
    List<JavaFile> files =
        Project.mainFiles().stream().filter(file -> file.module().equals(module)).toList();
    FileGraph graph = FileGraph.of(files);

    assertThat(graph.size()).as("files of %s", module).isGreaterThan(5);
    assertThat(graph.edges().edges()).as("uses in %s", module).isNotEmpty();
    assertThat(graph.knotsOfMoreThan(MOST).stream().map(graph::describe))
        .as("knots of %s", module)
        .isEmpty();
  }

  static Stream<String> shippedModules() {
    return Project.modules().stream().filter(module -> !module.equals("fluke-tests"));
  }
}
