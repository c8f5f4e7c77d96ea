package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionEndTest {

  @ParameterizedTest
  @CsvSource({
    "'.', true, ''",
    "'. 77 78', true, '; left in a session of its own: process 77 78'",
    "'12 13.', false, '; still there after KILL'",
    "'12. 77', false, '; still there after KILL; left in a session of its own: process 77'"
  })
  void readsWhatIsLeftAndWhatEscaped(String found, boolean gone, String remark) {
    SessionEnd end = SessionEnd.read(found);

    assertThat(end.gone()).isEqualTo(gone);
    assertThat(end.remark()).isEqualTo(remark);
  }

  @Test
  void isGoneOnlyIfAlsoGoneHere() {
    assertThat(SessionEnd.GONE.ifAlso(true)).isEqualTo(SessionEnd.GONE);
    assertThat(SessionEnd.GONE.ifAlso(false)).isEqualTo(SessionEnd.NOT_KNOWN);
    assertThat(SessionEnd.NOT_KNOWN.ifAlso(true).gone()).isFalse();
  }
}
