package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.AT;
import static dev.fluke.alert.Try.assertOwed;
import static dev.fluke.alert.Try.assertOwedUntil;
import static dev.fluke.alert.Try.assertRefused;
import static dev.fluke.alert.Try.failureAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.net.internal.RawReceiver;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver's status decides whether an alert is delivered, tried again, or rejected. */
@Tag("W01")
@Tag("rule-27")
@Timeout(60)
class HttpPostTest {
  private static final String EMPTY = "\r\ncontent-length: 0\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "201 Created", "202", "299 Fine"})
  void deliversOnAny2xx(String status) throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 " + status + EMPTY)) {
      assertThat(failureAt(receiver)).isNull();
      assertThat(receiver.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599, 999})
  void keepsTheAlertWhenTheFailureMayPass(int status) throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 " + status + " Sorry" + EMPTY)) {
      assertOwed(failureAt(receiver), "the receiver answered " + status);
      assertThat(receiver.heads()).as("one try").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 407, 410, 422})
  void rejectsTheAlertWhenTheFailureWillStay(int status) throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 " + status + " No" + EMPTY)) {
      assertRefused(failureAt(receiver), "the receiver answered " + status);
      assertThat(receiver.heads()).as("one try").hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"429, 90, PT90S", "503, 0, PT0S", "408, 3, PT3S", "500, 99999999999, PT99999999999S"})
  void readsRetryAfterAsSeconds(int status, String seconds, Duration wait) throws Exception {
    String answer = "HTTP/1.1 " + status + " Later\r\nRetry-After: " + seconds + EMPTY;
    try (RawReceiver receiver = RawReceiver.answering(answer)) {
      assertOwedUntil(failureAt(receiver), "the receiver answered " + status, wait);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3600, 90, 0, -90})
  void readsRetryAfterAsDate(long later) throws Exception {
    Instant until = AT.plusSeconds(later).truncatedTo(ChronoUnit.SECONDS);
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC));
    String answer = "HTTP/1.1 503 Later\r\nRetry-After: " + date + EMPTY;
    try (RawReceiver receiver = RawReceiver.answering(answer)) {
      assertOwedUntil(
          failureAt(receiver),
          "the receiver answered 503",
          later > 0 ? Duration.between(AT, until) : Duration.ZERO);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1.5", "", "Thu, 13 Mar 2025", "9999999999999999999999"})
  void ignoresAnInvalidRetryAfter(String wait) throws Exception {
    String answer = "HTTP/1.1 503 Later\r\nRetry-After: " + wait + EMPTY;
    try (RawReceiver receiver = RawReceiver.answering(answer)) {
      assertOwed(failureAt(receiver), "the receiver answered 503");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    try (RawReceiver target = RawReceiver.answering("HTTP/1.1 200 OK" + EMPTY);
        RawReceiver receiver =
            RawReceiver.answering(
                "HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + target.url() + "/" + EMPTY)) {
      assertRefused(
          failureAt(receiver), "the receiver answered " + status + "; redirects are not followed");
      assertThat(target.connections()).isZero();
    }
  }
}
