package dev.fluke.manifest;

import com.google.common.base.Joiner;
import dev.fluke.text.Printable;
import java.util.List;
import java.util.Locale;

/** What happens when a task has drifted. */
public enum DriftPolicy {
  /** Apply without an alert. */
  REMEDIATE,
  /** Alert, apply, alert the result. */
  REMEDIATE_AND_ALERT,
  /** Alert; apply only in manual runs. */
  ALERT_ONLY;

  /**
   * The policy of this name, as it is printed.
   *
   * @throws IllegalArgumentException if there is no such policy; the message names all three
   */
  public static DriftPolicy of(String name) {
    List<DriftPolicy> all = List.of(values());
    return all.stream()
        .filter(policy -> policy.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown drift policy '%s'; known are %s"
                        .formatted(
                            Printable.of(name), Joiner.on(", ").join(DriftPolicy.values()))));
  }

  /** Whether it sends alerts. */
  public boolean alerts() {
    return this != REMEDIATE;
  }

  /** Whether it applies without a manual run. */
  public boolean applies() {
    return this != ALERT_ONLY;
  }

  /** The problem of a policy that alerts when there is no alert sink. */
  public String needsSink() {
    return "its drift policy is %s, and there is no alert sink; call alerts(..) on the builder of the reconciler, or set drift.alert_webhook in a config"
        .formatted(this);
  }

  /** The name as in manifests, such as {@code remediate_and_alert}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
