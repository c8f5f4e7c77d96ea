package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JSON Schema that editors use. */
class SchemaTest {
  private final String schema = Schema.of(Map.of("probe", new ProbeKind()));

  @Test
  void isDraft07AndAlwaysTheSame() {
    assertThat(schema)
        .startsWith("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"")
        .isEqualTo(Schema.of(Map.of("probe", new ProbeKind())));
  }

  @Test
  void requiresNameAndRequiredFieldsOfAStep() {
    assertThat(schema)
        .contains("\"required\":[\"probe\",\"check\"],\"additionalProperties\":false");
  }

  @Test
  void describesEachFieldWithItsDefault() {
    assertThat(schema)
        .contains("\"working_dir\":{\"description\":\"where it runs (the home)\"")
        .contains("\"enum\":[\"running\",\"stopped\"]")
        .contains("\"enum\":[true,false,\"true\",\"false\"]")
        .contains("\"on_failure\":", "\"timeout\":", "\"check_timeout\":");
  }

  @Test
  void knowsEveryPolicyAndOperator() {
    assertThat(schema)
        .contains("\"enum\":[\"remediate\",\"remediate_and_alert\",\"alert_only\"]")
        .contains("\"required\":[\"key\",\"in\"]", "\"required\":[\"key\",\"not_in\"]")
        .contains("\"required\":[\"key\",\"exists\"]", "\"required\":[\"key\",\"absent\"]");
  }
}
