package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import dev.fluke.command.SecretSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsSectionTest {
  @TempDir Path dir;

  private static List<SecretSource> read(SectionFixture fixture) {
    Map<String, String> variables = Map.of("APP_TOKEN", "canary-token");
    return SecretsSection.of(fixture.root(), SectionFixture.files(), variables);
  }

  @Test
  void readsADirectoryAndAPrefix() throws Exception {
    PrivateFile.write(dir.resolve("file"), "canary-file\n");
    SectionFixture fixture =
        SectionFixture.of("{ environment: APP_, directory: \"%s\" }\n".formatted(dir));
    List<SecretSource> sources = read(fixture);

    assertThat(fixture.problems()).isEmpty();
    assertThat(sources).hasSize(2);
    assertThat(sources.get(0).secret("file").orElseThrow().reveal()).isEqualTo("canary-file");
    assertThat(sources.get(1).secret("token").orElseThrow().reveal()).isEqualTo("canary-token");
  }

  @Test
  void reportsWhatIsMissingOrWrong() {
    SectionFixture none = SectionFixture.of("{}\n");
    SectionFixture wrong =
        SectionFixture.of("{ directory: no/such, environment: a-b, vault: x }\n");

    assertThat(read(none)).isEmpty();
    assertThat(none.problems())
        .containsExactly(
            "f.yaml:1:1: has neither 'directory' nor 'environment'; set one of them, or both");
    assertThat(read(wrong)).isEmpty();
    assertThat(wrong.problems())
        .containsExactly(
            "f.yaml:1:14: 'directory': is 'no/such', which is not an existing directory",
            "f.yaml:1:36: 'environment': secrets: the prefix 'a-b' can't begin the name of an environment variable",
            "f.yaml:1:41: unknown key 'vault'; known: directory, environment");
  }
}
