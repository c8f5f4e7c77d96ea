package dev.fluke.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.FormIndex.Cut;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole forms, parts of them, and forms that were wrapped. */
@Tag("Z02")
class FormIndexTest {
  private static final String FORM = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final Cut WHOLE = new Cut(false, false);
  private static final Cut BOTH = new Cut(true, true);

  private static String shown(String text, Cut cut, String... forms) {
    FormIndex index = new FormIndex();
    index.add(List.of(forms));
    BitSet found = new BitSet();
    index.find(text, cut, found);
    StringBuilder shown = new StringBuilder(text);
    found.stream().forEach(at -> shown.setCharAt(at, '*'));
    return shown.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "x canary y, x ****** y",
    "canarycanary, ************",
    "canar, canar",
    "canare, canare",
    "a canary-7, a ******-7",
  })
  void findsWholeForms(String text, String shown) {
    assertThat(shown(text, WHOLE, "canary")).isEqualTo(shown);
  }

  @Test
  void findsEveryPartAtAnEdgeOfTheText() {
    for (int length = 6; length < FORM.length(); length++) {
      String begin = FORM.substring(0, length);
      String end = FORM.substring(FORM.length() - length);
      assertThat(shown("say " + begin, WHOLE, FORM)).isEqualTo("say " + "*".repeat(length));
      assertThat(shown(end + " said", WHOLE, FORM)).isEqualTo("*".repeat(length) + " said");
    }
    assertThat(shown("say 01234", WHOLE, FORM)).isEqualTo("say 01234");
    assertThat(shown("say 012", BOTH, FORM)).isEqualTo("say ***");
    assertThat(shown("vwxyz said", BOTH, FORM)).isEqualTo("***** said");
    assertThat(shown("xyz", BOTH, FORM)).isEqualTo("***");
  }

  @Test
  void findsSixteenCharactersInARowAnywhere() {
    for (int from = 0; from + 16 <= FORM.length(); from++) {
      String run = FORM.substring(from, from + 16);
      assertThat(shown("(" + run + ")", WHOLE, FORM)).isEqualTo("(" + "*".repeat(16) + ")");
    }
    assertThat(shown("(" + FORM.substring(3, 12) + ")", WHOLE, FORM)).contains("3456789ab");
  }

  @Test
  void findsFormsThatWereWrapped() {
    String wrapped = FORM.substring(0, 17) + "\n" + FORM.substring(17, 34) + "\r\n  yz";

    assertThat(shown(wrapped + ".", WHOLE, FORM)).matches("\\*+\\.");
    assertThat(shown("63 61  6e 61\n72 79", WHOLE, "63 61 6e 61 72 79")).matches("\\*+");
  }

  @Test
  void findsAFormThatBeginsInTheEndOfAnother() {
    assertThat(shown("x abcdefgh y", WHOLE, "abcdef", "cdefgh")).isEqualTo("x ******** y");
  }

  @Test
  void findsLongFormsThatRepeatThemselves() {
    String form = "a".repeat(100_000);

    assertThat(shown("b" + "a".repeat(50_000) + "b", WHOLE, form))
        .isEqualTo("b" + "*".repeat(50_000) + "b");
  }
}
