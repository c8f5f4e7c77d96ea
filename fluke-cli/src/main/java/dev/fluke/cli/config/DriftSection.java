package dev.fluke.cli.config;

import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.manifest.DriftPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code drift}: the default policy, and the receiver of alerts.
 *
 * @param policy the drift policy of tasks that declare none
 * @param alerts the webhook for alerts; empty if no alerts are sent
 */
record DriftSection(DriftPolicy policy, Optional<Webhook> alerts) {
  private static final List<String> POLICIES =
      Arrays.stream(DriftPolicy.values()).map(DriftPolicy::toString).toList();

  static DriftSection none() {
    return new DriftSection(DriftPolicy.REMEDIATE, Optional.empty());
  }

  static DriftSection of(Section drift, ConfigFiles files) {
    Optional<Webhook> alerts = alerts(drift, files);
    DriftPolicy policy = policy(drift, alerts).orElse(DriftPolicy.REMEDIATE);
    drift.end();
    return new DriftSection(policy, alerts);
  }

  private static Optional<Webhook> alerts(Section drift, ConfigFiles files) {
    boolean lacksWebhook = drift.has("alert_secret") && !drift.has("alert_webhook");
    Optional<Webhook> webhook = drift.as("alert_webhook", Webhook::to);
    Optional<Secret> secret =
        drift.as(
            "alert_secret",
            text -> {
              Secret key = files.secret(text);
              var unused = Webhook.to("https://localhost/").signedWith(key);
              return key;
            });
    if (lacksWebhook) {
      drift.problem("'alert_secret' is set without 'alert_webhook'");
    }
    return webhook.map(to -> secret.map(to::signedWith).orElse(to));
  }

  private static Optional<DriftPolicy> policy(Section drift, Optional<Webhook> alerts) {
    Optional<DriftPolicy> policy =
        drift.as("policy", text -> DriftPolicy.of(ConfigValues.oneOf(text, POLICIES)));
    if (alerts.isEmpty()) {
      policy
          .filter(DriftPolicy::alerts)
          .ifPresent(it -> drift.problem("policy " + it + " requires an 'alert_webhook'"));
    }
    return policy;
  }
}
