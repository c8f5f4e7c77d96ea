package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedRevisionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|revision c1 is refused",
        "x|revision c1 is refused: x",
        "x,y|revision c1 is refused: x, and 1 more",
        "x,y,z|revision c1 is refused: x, and 2 more",
      })
  void shortensErrorsToTheFirst(String errors, String expected) {
    List<String> all = errors.isEmpty() ? List.of() : List.of(errors.split(","));

    assertThat(new RejectedRevision("c1", all).inShort()).isEqualTo(expected);
  }

  @Test
  void keepsEveryErrorOutOfTheLastError() {
    assertThat(new RejectedRevision("c1", List.of("x")).lastError())
        .isEqualTo("revision c1 is refused");
  }

  @Test
  void makesIdAndErrorsPrintable() {
    RejectedRevision rejected = new RejectedRevision("c\u001b1", List.of("a\nb"));

    assertThat(rejected.id()).doesNotContain("\u001b");
    assertThat(rejected.errors().get(0)).doesNotContain("\n");
  }
}
