package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class TaskNamesTest {

  @Test
  void ignoresCase() {
    assertThat(TaskNames.key("Nginx Site")).isEqualTo(TaskNames.key("nginx SITE"));
    assertThat(TaskNames.key("a")).isNotEqualTo(TaskNames.key("b"));
  }

  @Test
  void ignoresTheLocaleOfTheMachine() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(TaskNames.key("INIT")).isEqualTo("init");
    } finally {
      Locale.setDefault(before);
    }
  }
}
