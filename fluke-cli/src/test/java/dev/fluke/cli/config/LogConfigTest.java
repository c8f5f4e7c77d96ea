package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogConfigTest {

  @ParameterizedTest
  @CsvSource({
    "'{ level: debug, format: json }', DEBUG, true",
    "'{ level: error }', ERROR, false",
    "'{ format: text }', INFO, false"
  })
  void readsLevelAndFormat(String yaml, String level, boolean json) {
    assertThat(LogConfig.of(SectionFixture.of(yaml).root())).isEqualTo(new LogConfig(level, json));
  }

  @Test
  void reportsOtherValues() {
    SectionFixture fixture = SectionFixture.of("{ level: INFO, format: xml, file: x }\n");

    assertThat(LogConfig.of(fixture.root())).isEqualTo(LogConfig.none());
    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:10: 'level': is 'INFO', must be one of error, warn, info, debug, trace;"
                + " did you mean 'info'?",
            "f.yaml:1:24: 'format': is 'xml', must be one of text, json",
            "f.yaml:1:29: unknown key 'file'; known: format, level");
  }
}
