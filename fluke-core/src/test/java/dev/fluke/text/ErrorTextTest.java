package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.source.SourceUnavailableException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

  @Test
  void givesTheMessageOfOurExceptionsAndTheTypeOfOthers() {
    assertThat(ErrorText.of(new IllegalStateException("x\ny")))
        .isEqualTo("IllegalStateException: x\\ny");
    assertThat(ErrorText.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    assertThat(ErrorText.of(SourceUnavailableException.because("no route"))).isEqualTo("no route");
  }

  @Test
  void namesTheTypeWhenTheMessageItselfThrows() {
    RuntimeException broken =
        new IllegalStateException() {
          @Override
          public String getMessage() {
            throw new NullPointerException();
          }
        };
    assertThat(ErrorText.of(broken)).isEqualTo(broken.getClass().getName());
  }

  @Test
  void hidesSecretsOfTheMessage() {
    assertThat(
            ErrorText.of(
                new IllegalStateException("login as canary-x failed"),
                text -> text.replace("canary-x", "***")))
        .isEqualTo("IllegalStateException: login as *** failed");
  }
}
