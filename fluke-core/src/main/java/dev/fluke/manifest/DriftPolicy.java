package dev.fluke.manifest;

import dev.fluke.text.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What happens when a task has drifted. */
public enum DriftPolicy {
  /** Apply, silently. */
  REMEDIATE,
  /** Announce, apply, announce the end. */
  REMEDIATE_AND_ALERT,
  /** Announce; apply only by hand. */
  ALERT_ONLY;

  /**
   * The policy of this name, as it is printed.
   *
   * @throws IllegalArgumentException naming the three, if it is none of them
   */
  public static DriftPolicy of(String name) {
    List<DriftPolicy> all = List.of(values());
    return all.stream()
        .filter(policy -> policy.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown drift policy '"
                        + Printable.of(name)
                        + "'; known are "
                        + String.join(
                            ", ", Arrays.stream(values()).map(DriftPolicy::toString).toList())));
  }

  /** Whether it speaks. */
  public boolean alerts() {
    return this != REMEDIATE;
  }

  /** Whether it applies without being asked. */
  public boolean applies() {
    return this != ALERT_ONLY;
  }

  /** What to say of a policy that speaks where nobody listens. */
  public String needsSink() {
    return "its drift policy is "
        + this
        + ", and there is no alert sink; call alerts(..) on the builder of the reconciler, or set drift.alert_webhook in a config";
  }

  /** The name as in manifests, such as {@code remediate_and_alert}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
