package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fluke.command.Secret;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Host;
import dev.fluke.executor.SecretOrText;
import dev.fluke.executor.Settings;
import dev.fluke.manifest.Manifest.NamedSecret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code { secret: NAME }} in the fields that take it. */
class NamedSecretYamlTest {
  private static final Field<SecretOrText> CONTENT = Field.secretOrText("content", "a text");
  private static final Field<Map<String, SecretOrText>> ENV =
      Field.secretsOrTexts("env", "several texts");

  private record Read(Map<String, String> texts) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  private static final ExecutorKind KIND =
      new ExecutorKind() {
        @Override
        public String name() {
          return "kind";
        }

        @Override
        public String about() {
          return "For this test.";
        }

        @Override
        public List<Field<?>> fields() {
          return List.of(CONTENT, ENV);
        }

        @Override
        public Executor read(Settings values) {
          Map<String, String> texts = new java.util.TreeMap<>();
          values.find(CONTENT).ifPresent(value -> texts.put("content", shown(value)));
          values.find(ENV).orElse(Map.of()).forEach((name, value) -> texts.put(name, shown(value)));
          return new Read(texts);
        }
      };

  private static String shown(SecretOrText value) {
    return value.fold(text -> "text " + text, Secret::toString);
  }

  private static Manifest read(String field) throws InvalidManifestException {
    String yaml =
        """
        locals: { stage: prod }
        tasks:
          t:
            selector: { all: true }
            steps:
              - kind: s
                %s
        """
            .formatted(field);
    return ManifestReader.of(KIND).read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)));
  }

  private static Map<String, String> texts(Manifest manifest) {
    return ((Read) manifest.tasks().get(0).steps().get(0).executor()).texts();
  }

  @Test
  void readsTextsAndNamesOfSecrets() throws Exception {
    Manifest manifest =
        read(
            "env: { A: plain, B: '', C: { secret: api-token }, D: { secret: 'db-${local.stage}' } }");

    assertThat(texts(manifest))
        .containsEntry("A", "text plain")
        .containsEntry("B", "text ")
        .containsEntry("C", "*** (secret 'api-token')")
        .containsEntry("D", "*** (secret 'db-prod')");
    assertThat(manifest.namedSecrets())
        .extracting(NamedSecret::name)
        .containsExactly("api-token", "db-prod");
    assertThat(manifest.namedSecrets().get(0).missing("; hint").toString())
        .isEqualTo(
            "a.fluke.yaml:7:46: task 't': step 's': 'env': 'C': nobody supplies the secret 'api-token'; hint");
    assertThat(texts(read("content: { secret: motd }")))
        .containsEntry("content", "*** (secret 'motd')");
    assertThat(read("content: plain").namedSecrets()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "content: { secret: ../x }      | 'content': 'secret': '../x' is not the name of a secret",
        "content: { secret: /etc/x }    | 'content': 'secret': '/etc/x' is not the name of a secret",
        "content: { secret: '' }        | 'content': 'secret': '' is not the name of a secret",
        "content: { secret: [a] }       | 'content': 'secret': must be text, is a list",
        "content: { secrets: a }        | 'content': unknown key 'secrets'; did you mean 'secret'?",
        "content: { secret: a, b: c }   | 'content': unknown key 'b'; known: secret",
        "content: {}                    | 'content': must be text, or { secret: NAME }",
        "content: [a]                   | 'content': must be text, is a list",
        "content: ''                    | 'content': is empty",
        "env: { A: { secret: a/b } }    | 'env': 'A': 'secret': 'a/b' is not the name of a secret",
        "env: { A: [x] }                | 'env': 'A': must be text, is a list",
      })
  void placesWhatIsWrong(String field, String message) {
    InvalidManifestException thrown =
        catchThrowableOfType(InvalidManifestException.class, () -> read(field));

    assertThat(thrown.problems())
        .singleElement()
        .asString()
        .startsWith("a.fluke.yaml:7:")
        .contains("task 't': step 's': " + message);
  }
}
