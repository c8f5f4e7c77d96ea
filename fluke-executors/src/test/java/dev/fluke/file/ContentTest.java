package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final byte[] BYTES = {0, 1, (byte) 0xff};

  @Test
  void copiesItsBytes() {
    byte[] given = BYTES.clone();
    Content content = Content.of(given);

    given[0] = 9;
    content.bytes()[1] = 9;

    assertThat(content.bytes()).isEqualTo(BYTES);
  }

  @Test
  void encodesASecretAsUtf8AndHidesIt() {
    Content content = Content.of(Secret.of("canary-é"));

    assertThat(content.bytes()).isEqualTo("canary-é".getBytes(UTF_8));
    assertThat(content.isShown()).isFalse();
  }

  @Test
  void masksWhatItHides() {
    Mask mask = new Mask();
    byte[] text = "canary\n".getBytes(UTF_8);

    Command sent = mask.learn(Content.of(text).hidden().feed(Command.of("cat")));

    assertThat(sent.revealStdin()).isEqualTo(text);
    assertThat(mask.hide("is canary")).isEqualTo("is ***");
    assertThat(Content.of(BYTES).hidden().feed(sent).revealStdin()).isEqualTo(BYTES);
    assertThatThrownBy(() -> Content.of(Secret.of("short")))
        .hasMessageStartingWith("the secret for the content of a file has 5 characters");
  }

  @Test
  void takesTheValuesOfItsSecrets() {
    Content named = Content.of(Secret.named("motd"));

    assertThat(named.withSecrets(secret -> Secret.of("canary-1")).bytes())
        .isEqualTo("canary-1".getBytes(UTF_8));
    assertThat(Content.of(BYTES).withSecrets(secret -> Secret.of("canary-1")).bytes())
        .isEqualTo(BYTES);
  }

  @Test
  void hidesTheSameBytes() {
    Content shown = Content.of(BYTES);

    assertThat(shown.isShown()).isTrue();
    assertThat(shown.hidden().isShown()).isFalse();
    assertThat(shown.hidden().bytes()).isEqualTo(BYTES);
  }

  @Test
  void feedsBytesAndSecretsToStandardInput() {
    Command cat = Command.of("cat");

    assertThat(Content.of(BYTES).feed(cat).revealStdin()).isEqualTo(BYTES);
    assertThat(Content.of(Secret.of("canary")).feed(cat).revealStdin())
        .asString()
        .isEqualTo("canary");
  }

  @Test
  void hashesLikeSha256sum() {
    assertThat(Content.sha256("abc".getBytes(UTF_8)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void comparesBytesSecretAndWhetherItIsShown() {
    Secret secret = Secret.of("canary");

    assertThat(Content.of(BYTES)).isEqualTo(Content.of(BYTES)).hasSameHashCodeAs(Content.of(BYTES));
    assertThat(Content.of(BYTES)).isNotEqualTo(Content.of(BYTES).hidden());
    assertThat(Content.of(BYTES)).isNotEqualTo(Content.of(new byte[] {0, 1}));
    assertThat(Content.of(secret)).isEqualTo(Content.of(secret));
    assertThat(Content.of(secret)).isNotEqualTo(Content.of(Secret.of("canary")));
  }
}
