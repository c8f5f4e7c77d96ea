package dev.fluke.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModesTest {

  @ParameterizedTest
  @CsvSource({"640, 0640", "0640, 0640", "4755, 4755", "000, 0000"})
  void makesFourDigitsOfAMode(String mode, String digits) {
    assertThat(Modes.checkedMode(mode)).isEqualTo(digits);
  }

  @ParameterizedTest
  @CsvSource({"0, 0000", "44, 0044", "7777, 7777"})
  void padsWhatStatPrints(String printed, String digits) {
    assertThat(Modes.fourDigits(printed)).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "00640", "u+x", "0888", "-644", " 644"})
  void rejectsOtherModes(String mode) {
    assertThatThrownBy(() -> Modes.checkedMode(mode))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mode is '" + mode + "', must be three or four octal digits, such as 0644");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root",
        "33",
        "_apt",
        "www-data",
        "DOMAIN\\user name",
        "a@b.example",
        "zoë",
        "web$",
        "4294967294"
      })
  void acceptsNamesAndNumbers(String name) {
    assertThat(Modes.checkedOwner("owner", name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({"01000, 1000", "0, 0", "00, 0", "0x, 0x"})
  void dropsLeadingZerosOfANumber(String given, String owner) {
    assertThat(Modes.checkedOwner("owner", given)).isEqualTo(owner);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-R", "a:b", "$(id)", "a\nb", " a"})
  void rejectsWhatChownWouldTakeForMore(String name) {
    assertThatThrownBy(() -> Modes.checkedOwner("group", name))
        .hasMessage("group is '" + name + "', must be a name or a number of the host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4294967295", "4294967296", "99999999999999999999"})
  void rejectsNumbersThatNoOwnerHas(String number) {
    assertThatThrownBy(() -> Modes.checkedOwner("owner", number))
        .hasMessage("owner is '" + number + "', must be at most 4294967294");
  }

  @ParameterizedTest
  @CsvSource({"0, true", "65534, true", "root, false", "1a, false", "-1, false"})
  void distinguishesNumbersFromNames(String owner, boolean number) {
    assertThat(Modes.isNumber(owner)).isEqualTo(number);
  }
}
