package dev.fluke.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.SecretSource;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingSecretsTest {
  private static final SecretSource SOURCE =
      SecretSource.environment("P_", Map.of("P_API_TOKEN", "canary-token"));

  private static Manifest naming(String secret) throws Exception {
    String yaml =
        """
        tasks:
          t:
            selector: { all: true }
            steps: [ { file: f, path: /f, content: { secret: %s } } ]
        """
            .formatted(secret);
    return ManifestReader.of(MissingSecretsTest.class.getClassLoader(), List.of())
        .read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8)));
  }

  @Test
  void namesThePlaceAndWhatWasMeant() throws Exception {
    MissingSecrets secrets = MissingSecrets.in(List.of(SOURCE));

    assertThat(secrets.of(naming("api-token"))).isEmpty();
    assertThat(secrets.of(naming("api-tokens")))
        .containsExactly(
            "a.fluke.yaml:4:54: task 't': step 'f': 'content': nobody supplies the secret 'api-tokens'; did you mean 'api-token'?");
    assertThat(MissingSecrets.in(List.of()).of(naming("x")))
        .singleElement()
        .asString()
        .endsWith("the secret 'x'; name a directory or a prefix in 'secrets' of the config");
  }

  @Test
  void acceptsEveryNameWithoutAConfig() throws Exception {
    assertThat(MissingSecrets.UNKNOWN.of(naming("x"))).isEmpty();
  }
}
