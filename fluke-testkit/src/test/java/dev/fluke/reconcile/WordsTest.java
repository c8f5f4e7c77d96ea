package dev.fluke.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.request.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How times, throwables and scopes read. */
class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0.02S, 20 ms",
    "PT0.999S, 999 ms",
    "PT1S, 1 s",
    "PT1M30S, 1 min 30 s",
    "PT1H0M5S, 1 h 5 s",
    "PT1H30M5S, 1 h 30 min",
    "PT49H, 2 d 1 h",
  })
  void aDurationHasAtMostTwoUnits(Duration duration, String words) {
    assertThat(Words.duration(duration)).isEqualTo(words);
  }

  @Test
  void aThrowableOfOursIsItsMessageAndOthersSayWhatTheyAre() {
    assertThat(Words.of(new IllegalStateException("x\ny")))
        .isEqualTo("IllegalStateException: x\\ny");
    assertThat(Words.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    assertThat(Words.of(dev.fluke.source.SourceUnavailableException.because("no route")))
        .isEqualTo("no route");
  }

  @Test
  void aThrowableWithoutWordsOrNameIsStillSomething() {
    RuntimeException broken =
        new IllegalStateException() {
          @Override
          public String getMessage() {
            throw new NullPointerException();
          }
        };
    assertThat(Words.of(broken)).isEqualTo(broken.getClass().getName());
  }

  @Test
  void aScopeReadsAsItWasDeclared() {
    assertThat(Scope.all()).hasToString("all");
    assertThat(Scope.task("a")).hasToString("task a");
    assertThat(Scope.agent("web-01")).hasToString("agent web-01");
    assertThat(Scope.task("a").on("web-01")).hasToString("task a on web-01");
  }
}
