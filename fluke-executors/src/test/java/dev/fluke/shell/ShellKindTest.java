package dev.fluke.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.onhost.StepInYaml;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kind {@code shell} in YAML means what {@link Shell} means in Java. */
class ShellKindTest {
  private static final StepInYaml YAML = StepInYaml.of("shell");

  static Stream<Arguments> declarations() {
    Shell plain = Shell.check("test -e /x").command("touch /x");
    return Stream.of(
        Arguments.of("check: test -e /x\ncommand: touch /x", plain),
        Arguments.of("check: test -e /x\ncommand: touch /x\nworking_dir: /opt", plain.in("/opt")),
        Arguments.of("check: test -e /x\ncommand: touch /x\nrun_as: deploy", plain.runAs("deploy")),
        Arguments.of(
            "check: test -e /x\ncommand: touch /x\nenv: { A: 1.10, B: \"two words\" }",
            plain.env("A", "1.10").env("B", "two words")),
        Arguments.of(
            "check: |\n  set -e\n  test -e /x\ncommand: >-\n  touch\n  /x",
            Shell.check("set -e\ntest -e /x\n").command("touch /x")));
  }

  private static Executor read(String lines) throws InvalidManifestException {
    return YAML.read(lines);
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void declaresTheSameInJavaAndYaml(String lines, Shell inJava) throws Exception {
    assertThat(read(lines).declaration()).isEqualTo(inJava.declaration());
  }

  @Test
  void coversEveryField() {
    Set<String> covered = new TreeSet<>();
    declarations()
        .flatMap(row -> row.get()[0].toString().lines())
        .forEach(line -> covered.add(line.replaceFirst(":.*", "").strip()));
    ExecutorKind kind = new ShellKind();

    assertThat(covered).containsAll(kind.fields().stream().map(field -> field.name()).toList());
  }

  @Test
  void rejectsInvalidUsersAndVariablesAtTheStep() {
    for (String lines : List.of("run_as: 'root; id'", "env: { 'A B': x }")) {
      try {
        throw new AssertionError(read("check: x\ncommand: y\n" + lines));
      } catch (InvalidManifestException e) {
        assertThat(e.problems())
            .singleElement()
            .asString()
            .startsWith("a.fluke.yaml:5:16: task 't'");
      }
    }
  }
}
