package dev.fluke.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.Executor;
import dev.fluke.executor.Field;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kind {@code systemd} in YAML means what {@link Systemd} means in Java. */
class SystemdKindTest {
  private static final ManifestReader READER =
      ManifestReader.of(SystemdKindTest.class.getClassLoader(), List.of());

  static Stream<Arguments> declarations() {
    Systemd plain = Systemd.unit("nginx.service");
    return Stream.of(
        Arguments.of("unit: nginx.service", plain),
        Arguments.of("unit: nginx.service\nstate: running\nenabled: true", plain),
        Arguments.of("unit: nginx.service\nstate: stopped", plain.stopped()),
        Arguments.of("unit: nginx.service\nenabled: false", plain.disabled()),
        Arguments.of(
            "unit: nginx.service\nstate: stopped\nenabled: 'false'", plain.stopped().disabled()),
        Arguments.of("unit: nginx.service\nenabled: unmanaged", plain.enabledUnmanaged()),
        Arguments.of("unit: nginx.service\nstate: unmanaged", plain.stateUnmanaged()),
        Arguments.of("unit: nginx.service\nstate: masked", plain.masked()),
        Arguments.of("unit: nginx.service\nuser: app", plain.ofUser("app")));
  }

  private static Executor read(String lines) throws InvalidManifestException {
    String yaml =
        "tasks:\n  t:\n    selector: { all: true }\n    steps:\n      - systemd: s\n"
            + lines.indent(8);
    return READER
        .read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)))
        .tasks()
        .get(0)
        .steps()
        .get(0)
        .executor();
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void declaresTheSameInJavaAndYaml(String lines, Systemd inJava) throws Exception {
    assertThat(read(lines).declaration()).isEqualTo(inJava.declaration());
  }

  @Test
  void coversEveryField() {
    Set<String> covered = new TreeSet<>();
    declarations()
        .flatMap(row -> row.get()[0].toString().lines())
        .forEach(line -> covered.add(line.replaceFirst(":.*", "")));

    assertThat(covered).containsAll(new SystemdKind().fields().stream().map(Field::name).toList());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("state: running", "'unit' is missing"),
        Arguments.of("unit: nginx", "unit 'nginx': must be a name with its type"),
        Arguments.of("unit: w@.service", "is a template; name an instance of it"),
        Arguments.of("unit: -x.service", "which a program could read as an option"),
        Arguments.of("unit: a.service\nstate: started", "must be one of running, stopped"),
        Arguments.of("unit: a.service\nenabled: yes", "must be one of true, false, unmanaged"),
        Arguments.of("unit: a.service\nuser: 'a b'", "is not a user name"),
        Arguments.of(
            "unit: a.service\nstate: masked\nenabled: true",
            "unit 'a.service': a masked unit is neither enabled nor disabled; leave out 'enabled'"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void reportsAMistakeAtItsPlace(String lines, String said) {
    try {
      throw new AssertionError(read(lines));
    } catch (InvalidManifestException e) {
      assertThat(e.problems())
          .singleElement()
          .asString()
          .startsWith("a.fluke.yaml:")
          .contains(said);
    }
  }
}
