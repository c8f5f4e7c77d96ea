package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that come back are hidden, in every form they may come back in. */
@Tag("Z02")
class MaskTest {
  private static final String SECRET = "cañary-'7f\"3 \\é?";

  private static Mask mask(Command command) {
    Mask mask = new Mask();
    mask.learn(command);
    return mask;
  }

  private static Mask hiding(String secret) {
    return mask(Command.shell("true").env("TOKEN", Secret.of(secret)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void hidesEveryFormOfASecret() {
    String base64 = Base64.getEncoder().encodeToString(bytes(SECRET));
    String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(bytes(SECRET));
    for (String form :
        new String[] {
          SECRET,
          base64,
          Base64.getUrlEncoder().encodeToString(bytes(SECRET)),
          url,
          url.replace("+", "%20"),
          Pattern.compile("%..")
              .matcher(url)
              .replaceAll(each -> each.group().toLowerCase(Locale.ROOT)),
          hex,
          hex.toUpperCase(Locale.ROOT),
          SECRET.replace("\\", "\\\\").replace("\"", "\\\""),
          SECRET.replace("'", "'\\''")
        }) {
      assertThat(hiding(SECRET).hide("before " + form + " after")).isEqualTo("before *** after");
    }
  }

  @Test
  void hidesWhatIsInsideOfSomethingEncoded() {
    for (String before : new String[] {"", "x", "xy", "user:"}) {
      String whole = Base64.getEncoder().encodeToString(bytes(before + SECRET + "\n"));
      String shown = hiding(SECRET).hide(whole);

      String left = shown.replace("***", "");
      assertThat(shown).contains("***");
      assertThat(left.length()).as("what is left of %s: %s", whole, shown).isLessThan(16);
    }
  }

  @Test
  void hidesTheLinesOfASecretOfSeveral() {
    Mask mask = hiding("-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nab\n");

    assertThat(mask.hide("read MIIEvQIBADANBgkq, then ab")).isEqualTo("read ***, then ab");
  }

  @Test
  void hidesInputAndLeavesWhatIsNoSecret() {
    Command command =
        Command.shell("cat").env("PLAIN", "visible").stdin(Secret.of("canary from stdin"));

    assertThat(mask(command).hide("visible canary from stdin")).isEqualTo("visible ***");
    assertThat(mask(command).hide("nothing to hide")).isEqualTo("nothing to hide");
    assertThat(new Mask().hide("anything")).isEqualTo("anything");
  }

  @Test
  void hidesFromSixCharactersOnAndAShortLoginAsAWordOnly() {
    assertThat(hiding("canary").hide("a canaryx")).isEqualTo("a ***x");
    Mask login = new Mask();
    login.learn(Secret.of("main"));
    assertThat(login.hide("branch 'main' of the domain main"))
        .isEqualTo("branch '***' of the domain ***");
    Mask transport = new Mask();
    transport.learnLong(Secret.of("main"));
    assertThat(transport.hide("branch 'main'")).isEqualTo("branch 'main'");
  }

  @Test
  void refusesASecretTooShortForACommand() {
    Secret fetched = Secret.from(() -> "five5");

    assertThatThrownBy(() -> hiding("five5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the secret for the variable 'TOKEN' has 5 characters; Fluke can hide a secret of 6 or more, so use a longer one");
    assertThatThrownBy(() -> Command.shell("cat").stdin(Secret.of("four\n")))
        .hasMessageStartingWith("the secret for the standard input has 4 characters");
    Command later = Command.shell("true").env("TOKEN", fetched);
    assertThatThrownBy(() -> new Mask().learn(later)).hasMessageContaining("has 5 characters");
  }

  @Test
  void sendsTheValueThatItHides() {
    AtomicInteger calls = new AtomicInteger();
    Secret rotating = Secret.from(() -> "canary-" + calls.incrementAndGet());
    Mask mask = new Mask();

    Command sent = mask.learn(Command.shell("true").env("TOKEN", rotating).stdin(rotating));

    assertThat(sent.revealEnv()).containsEntry("TOKEN", "canary-1");
    assertThat(sent.revealStdin()).asString(StandardCharsets.UTF_8).isEqualTo("canary-2");
    assertThat(mask.hide("canary-1 canary-2 canary-3")).isEqualTo("*** *** canary-3");
  }

  @Test
  void saysWithoutItsMessageThatASupplierFailed() {
    Secret shut =
        Secret.from(
            () -> {
              throw new IllegalStateException("the vault of canary-7 is shut");
            });

    assertThatThrownBy(() -> new Mask().learn(Command.shell("true").env("TOKEN", shut)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a secret is unavailable: its supplier threw IllegalStateException")
        .hasNoCause();
  }

  @Test
  void takesNamedSecretsFromTheWalkAndSharesWhatItLearns() {
    Mask all = new Mask();
    Mask walk = all.naming(name -> Secret.of("canary-of-" + name));
    Command command = Command.shell("true").env("TOKEN", Secret.named("api"));

    assertThat(walk.learn(command).revealEnv()).containsEntry("TOKEN", "canary-of-api");
    assertThat(all.hide("is canary-of-api")).isEqualTo("is ***");
    assertThatThrownBy(() -> all.learn(command)).hasMessage("nobody supplies the secret 'api'");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/x, https://h/x",
    "https://ann:canary@h/x, https://…@h/x",
    "https://canary@h/x, https://…@h/x",
    "https://ann:c@nary@h/x, …@h/x",
    "https://ann:can/ary@h/x, …@h/x",
    "https://h/x?token=canary, https://h/x?…",
    "https://h/x#canary, https://h/x?…",
    "https://h/x@y, https://h/x@y",
    "git@h:x, git@h:x",
    "git:canary@h:x, …@h:x",
    "ssh://git@h/x, ssh://…@h/x",
    "file:///srv/x, file:///srv/x",
  })
  void hidesCredentialsInUrls(String url, String shown) {
    assertThat(Mask.url(url)).isEqualTo(shown);
  }

  @Test
  void forgetsSecretsThatWereNotUsedForLongAndKeepsTheOthers() {
    Mask mask = new Mask(10);
    mask.learn(Secret.of("canary-old"));
    for (int i = 0; i < 21; i++) {
      mask.learn(Secret.of("canary-number-" + i));
      mask.learn(Secret.of("canary-kept"));
    }

    assertThat(mask.hide("canary-old canary-kept canary-number-20"))
        .isEqualTo("canary-old *** ***");
  }

  @Test
  void theEndOfAnOutputIsCutAfterItWasHidden() {
    CommandResult result = CommandResult.exited(1).withStderr("refused " + SECRET);

    assertThat(result.hiding(hiding(SECRET)).tail(8)).isEqualTo("…sed ***");
    assertThat(result.hiding(hiding(SECRET)).stderr()).isEqualTo("refused " + SECRET);
  }
}
