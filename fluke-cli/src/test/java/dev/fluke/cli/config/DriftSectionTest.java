package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.DriftPolicy;
import org.junit.jupiter.api.Test;

class DriftSectionTest {
  private static DriftSection read(SectionFixture fixture) {
    return DriftSection.of(fixture.root(), SectionFixture.files());
  }

  @Test
  void remediatesWithoutAlertsByDefault() {
    assertThat(DriftSection.none().policy()).isEqualTo(DriftPolicy.REMEDIATE);
    assertThat(DriftSection.none().alerts()).isEmpty();
    assertThat(read(SectionFixture.of("{ policy: remediate }\n"))).isEqualTo(DriftSection.none());
  }

  @Test
  void readsPolicyAndWebhook() {
    SectionFixture fixture =
        SectionFixture.of(
            "{ policy: alert_only, alert_webhook: https://h.example.com/x, alert_secret: s }\n");
    DriftSection drift = read(fixture);

    assertThat(drift.policy()).isEqualTo(DriftPolicy.ALERT_ONLY);
    assertThat(drift.alerts().orElseThrow()).hasToString("webhook to https://h.example.com");
    assertThat(fixture.problems()).isEmpty();
  }

  @Test
  void reportsMissingCounterpartsAndUnknownKeys() {
    SectionFixture fixture =
        SectionFixture.of("{ policy: remediate_and_alert, alert_secret: s, sink: x }\n");
    read(fixture);

    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:1: 'alert_secret' is set without 'alert_webhook'",
            "f.yaml:1:1: policy remediate_and_alert requires an 'alert_webhook'",
            "f.yaml:1:49: unknown key 'sink'; known: alert_secret, alert_webhook, policy");
  }
}
