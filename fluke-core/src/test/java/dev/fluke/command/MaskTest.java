package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
  void leavesWhatStandsInEveryText() {
    assertThat(hiding("abc").hide("abcde")).isEqualTo("abcde");
    assertThat(hiding("abcd").hide("abcde")).isEqualTo("***e");
  }

  @Test
  void showsNothingIfTheSecretCantBeHad() {
    Mask mask =
        mask(
            Command.shell("true")
                .env(
                    "TOKEN",
                    Secret.from(
                        () -> {
                          throw new IllegalStateException("the vault is shut");
                        })));

    assertThat(mask.hide("it is 12345"))
        .isEqualTo("*** (a secret's supplier failed: IllegalStateException)");
  }

  @Test
  void theEndOfAnOutputIsCutAfterItWasHidden() {
    CommandResult result = CommandResult.exited(1).withStderr("refused " + SECRET);

    assertThat(result.hiding(hiding(SECRET)).tail(8)).isEqualTo("…sed ***");
    assertThat(result.hiding(hiding(SECRET)).stderr()).isEqualTo("refused " + SECRET);
  }
}
