package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each policy does. */
@Tag("R18")
class DriftPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "REMEDIATE, remediate, true, false",
    "REMEDIATE_AND_ALERT, remediate_and_alert, true, true",
    "ALERT_ONLY, alert_only, false, true",
  })
  void appliesAndAlerts(DriftPolicy policy, String name, boolean applies, boolean alerts) {
    assertThat(policy).hasToString(name);
    assertThat(DriftPolicy.of(name)).isEqualTo(policy);
    assertThat(policy.applies()).isEqualTo(applies);
    assertThat(policy.alerts()).isEqualTo(alerts);
    assertThat(policy.needsSink())
        .startsWith("its drift policy is " + name + ", and there is no alert sink; ");
  }
}
