package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Split as Git does; {@code GitSignatureTest} compares with the real one. */
class SignedObjectTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static SignedObject commit(String text) throws SshFormatException {
    return SignedObject.commit(text.replace('|', '\n').getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tree 1|gpgsig A| B| C|x y||m; tree 1|x y||m; A|B|C|",
        "tree 1||gpgsig A|m; tree 1||gpgsig A|m; ''",
        "tree 1|gpgsig-sha256 A| B|x y||m; tree 1|x y||m; ''",
        "tree 1|gpgsig-sha256 A| B|gpgsig C| D||m; tree 1||m; C|D|",
        "tree 1|gpgsig C| D|gpgsigx| B||m; tree 1||m; C|D|",
        "tree 1|mergetag x| gpgsig A||m; tree 1|mergetag x| gpgsig A||m; ''",
        "tree 1|gpgsig\tA||m; tree 1||m; ''",
        "tree 1|gpgsig A; tree 1|; A",
        "tree \u00e4\u00ff||\u0001; tree \u00e4\u00ff||\u0001; ''",
      })
  void splitsCommits(String raw, String signed, String signature) throws Exception {
    SignedObject split = commit(raw);

    assertThat(split.signed()).isEqualTo(signed.replace('|', '\n'));
    assertThat(split.signature()).isEqualTo(signature.replace('|', '\n'));
    assertThat(split.message()).isEqualTo(split.signed().getBytes(ISO_8859_1));
  }

  @Test
  void refusesTwoSignatures() {
    assertThatThrownBy(() -> commit("tree 1|gpgsig A|gpgsig B||m"))
        .hasMessage("has two signatures");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "object 1||m|-----BEGIN SSH SIGNATURE-----|A|; object 1||m|; -----BEGIN SSH SIGNATURE-----|A|",
        "object 1||m -----BEGIN SSH SIGNATURE-----|; object 1||m -----BEGIN SSH SIGNATURE-----|; ''",
        "object 1||-----BEGIN PGP MESSAGE-----|a|-----BEGIN SSH SIGNATURE-----; object 1||-----BEGIN PGP MESSAGE-----|a|; -----BEGIN SSH SIGNATURE-----",
        "object 1||-----BEGIN SSH SIGNATURE-----|a|-----BEGIN SIGNED MESSAGE-----; object 1||-----BEGIN SSH SIGNATURE-----|a|; -----BEGIN SIGNED MESSAGE-----",
      })
  void splitsTagsAtTheLastSignature(String raw, String signed, String signature) {
    SignedObject split = SignedObject.tag(raw.replace('|', '\n').getBytes(ISO_8859_1));

    assertThat(split.signed()).isEqualTo(signed.replace('|', '\n'));
    assertThat(split.signature()).isEqualTo(signature.replace('|', '\n'));
  }

  @ParameterizedTest
  @CsvSource({
    "A <a@b> 1718452800 +0200, 2024-06-15T12:00:00Z",
    "A <a@b>1718452800+0200, 2024-06-15T12:00:00Z",
    "A <a>b> 1718452800 -0000 x, 2024-06-15T12:00:00Z",
    "A <a@b> 1718452800, 2026-01-01T00:00:00Z",
    "A <a@b> 0 +0000, 2026-01-01T00:00:00Z",
    "<> x, 2026-01-01T00:00:00Z",
    "A <a@b>, 2026-01-01T00:00:00Z",
  })
  void readsTheTime(String person, Instant time) throws Exception {
    SignedObject commit = commit("tree 1|committer " + person + "|committer B <b> 1 +0000||m");

    assertThat(commit.time("committer", NOW)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "committer A 1 +0000, has no valid committer",
    "committer A >< 1 +0000, has no valid committer",
    "committerA <a> 1 +0000, has no valid committer",
    "x y||committer A <a> 1 +0000, has no valid committer",
    "committer A <a> 253402300800 +0000, has a committer with a time after the year 9999",
    "committer A <a> 99999999999999999999 +0000, has a committer with a time after the year 9999",
  })
  void refusesOtherTimes(String header, String why) {
    assertThatThrownBy(() -> commit("tree 1|" + header + "||m").time("committer", NOW))
        .hasMessage(why);
  }
}
