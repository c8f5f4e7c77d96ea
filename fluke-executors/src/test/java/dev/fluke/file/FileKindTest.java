package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.Executor;
import dev.fluke.executor.Field;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.onhost.StepInYaml;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The kind {@code file} in YAML means what {@link ManagedFile} means in Java. */
class FileKindTest {
  private static final StepInYaml YAML =
      StepInYaml.of("file").beside("files/motd", "from a file\0".getBytes(UTF_8));

  static Stream<Arguments> declarations() {
    ManagedFile plain = ManagedFile.at("/etc/motd").content("hi");
    return Stream.of(
        Arguments.of("content: hi", plain),
        Arguments.of("content: hi\nabsent: false\nparents: false\nreplace: file", plain),
        Arguments.of("content: |\n  two\n  lines", plain("two\nlines\n")),
        Arguments.of("content: ''", plain("")),
        Arguments.of("content: 0644", plain("0644")),
        Arguments.of(
            "source: files/motd",
            ManagedFile.at("/etc/motd").content("from a file\0".getBytes(UTF_8))),
        Arguments.of("absent: true", ManagedFile.at("/etc/motd").absent()),
        Arguments.of("content: hi\nmode: 644", plain.mode("0644")),
        Arguments.of("content: hi\nmode: 0640", plain.mode("0640")),
        Arguments.of(
            "content: hi\nowner: www-data\ngroup: 33", plain.owner("www-data").group("33")),
        Arguments.of("content: hi\nparents: true\nsecret: true", plain.parents().secret()),
        Arguments.of("content: hi\nreplace: symlink", plain.replacing(Replaceable.SYMLINK)),
        Arguments.of(
            "absent: true\nreplace: directory",
            ManagedFile.at("/etc/motd").absent().replacing(Replaceable.DIRECTORY)),
        Arguments.of("content: hi\nrun_as: root", plain.runAs("root")));
  }

  private static ManagedFile plain(String text) {
    return ManagedFile.at("/etc/motd").content(text);
  }

  private static Executor read(String lines) throws InvalidManifestException {
    return YAML.read("path: /etc/motd\n" + lines);
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void declaresTheSameInJavaAndYaml(String lines, ManagedFile inJava) throws Exception {
    Executor inYaml = read(lines);

    assertThat(inYaml.declaration()).isEqualTo(inJava.declaration()).hasSameHashCodeAs(inJava);
  }

  @Test
  void coversEveryField() {
    Set<String> covered = new TreeSet<>(Set.of("path"));
    declarations()
        .flatMap(row -> row.get()[0].toString().lines())
        .forEach(line -> covered.add(line.replaceFirst(":.*", "").strip()));

    assertThat(covered).containsAll(new FileKind().fields().stream().map(Field::name).toList());
  }

  @Test
  void hasADifferentMeaningInEachRow() {
    List<Object> different = declarations().map(row -> row.get()[1]).distinct().toList();

    assertThat(different).hasSize((int) declarations().count() - 1);
  }

  @Tag("Z07")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode: 0640                     | has none of 'content', 'source' and 'absent: true'; give exactly one
          content: a\\nabsent: true      | has more than one of 'content', 'source' and 'absent: true'; give exactly one
          absent: true\\nmode: 0640      | mode has no effect on a file that is absent; leave it out
          absent: true\\nparents: true   | parents has no effect on a file that is absent; leave it out
          absent: true\\nsecret: true    | secret has no effect on a file that is absent; leave it out
          content: a\\nmode: u+x         | mode is 'u+x', must be three or four octal digits, such as 0644
          content: a\\nmode: 0888        | mode is '0888', must be three or four octal digits, such as 0644
          content: a\\nowner: a:b        | owner is 'a:b', must be a name or a number of the host
          content: a\\ngroup: $(id)      | group is '$(id)', must be a name or a number of the host
          content: a\\nrun_as: root; id  | command: 'root; id' is no user name
          source: nowhere                | there is no file 'nowhere' in this revision
          source: ../../etc/passwd       | file '../../etc/passwd' is outside the source
          """)
  void rejectsContradictionsAtTheStep(String lines, String message) {
    assertThatThrownBy(() -> read(lines.replace("\\n", "\n")))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageContaining("a.fluke.yaml:5:15: task 't': step 's': " + message);
  }

  @Tag("Z07")
  @ParameterizedTest
  @CsvSource({"etc/motd", "~/motd", "$HOME/motd", "/opt/../etc/passwd", "/etc/", "/etc/.", "/"})
  void rejectsInvalidPaths(String path) {
    assertThatThrownBy(() -> ManagedFile.at(path))
        .hasMessage(
            "path is '"
                + path
                + "', must be the absolute path of a file without '..', such as /etc/motd");
    assertThatThrownBy(() -> YAML.read("content: a\npath: " + path))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageContaining(path);
  }

  @Test
  void normalizesThePath() {
    assertThat(ManagedFile.at("//etc/./x///motd").content("a"))
        .isEqualTo(ManagedFile.at("/etc/x/motd").content("a"))
        .hasToString("file /etc/x/motd");
  }
}
