package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.drift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fluke.net.internal.RawReceiver;
import java.io.IOException;
import java.time.Duration;

/** One try to send an alert, and what it ended with. */
final class Try {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Try() {}

  /** With a path that must not show. */
  static Webhook webhook(RawReceiver receiver) {
    return Webhook.to(receiver.url() + "/T000/secret-path?token=secret-query");
  }

  /** Null if the alert was taken. */
  static Throwable failureAt(RawReceiver receiver) {
    return failureOf(webhook(receiver), LIMIT);
  }

  /** What it ends with, which is not long after the limit. */
  static Throwable failureOf(Webhook webhook, Duration limit) {
    Webhook limited = webhook.timeout(limit);
    return assertTimeout(limit.plusSeconds(10), () -> catchThrowable(() -> limited.send(drift())));
  }

  /** Neither refused for good nor told when to come back: the sink's pace decides. */
  static void assertOwed(Throwable failure, String message) {
    assertThat(failure).isInstanceOf(IOException.class).hasMessage(message).hasNoCause();
  }

  static void assertOwedUntil(Throwable failure, String message, Duration wait) {
    assertThat(failure).isInstanceOf(RetryLaterException.class).hasMessage(message).hasNoCause();
    assertThat(((RetryLaterException) failure).after()).isEqualTo(wait);
  }

  static void assertRefused(Throwable failure, String message) {
    assertThat(failure).isInstanceOf(AlertRejectedException.class).hasMessage(message).hasNoCause();
  }
}
