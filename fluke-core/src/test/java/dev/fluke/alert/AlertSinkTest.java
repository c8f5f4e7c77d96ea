package dev.fluke.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertSinkTest {
  private static final class Pager implements AlertSink {
    @Override
    public void send(Alert alert) {}
  }

  @Test
  void isNamedByItsClassIfThatHasAName() {
    AlertSink lambda = alert -> {};
    AlertSink anonymous =
        new AlertSink() {
          @Override
          public void send(Alert alert) {}
        };

    assertThat(new Pager().name()).isEqualTo("Pager");
    assertThat(lambda.name()).isEqualTo("a sink");
    assertThat(anonymous.name()).isEqualTo("a sink");
  }
}
