package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.AT;
import static dev.fluke.alert.SampleAlerts.drift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an alert with receivers of all sorts: taken, owed, or refused. */
@Tag("W01")
@Tag("rule-27")
@Timeout(60)
class WebhookTest {
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final String EMPTY = "\r\ncontent-length: 0\r\n\r\n";
  private static final long GIBIBYTE = 1L << 30;

  private static Webhook to(String url) {
    return Webhook.to(url + "/T000/secret-path?token=secret-query").answeringWithin(LIMIT);
  }

  private static Throwable failureAt(RawReceiver receiver) {
    return failureOf(to(receiver.url()));
  }

  /** What one try ends with; null if the alert was taken. It ends soon after the limit. */
  private static Throwable failureOf(Webhook webhook) {
    return assertTimeout(LIMIT.plusSeconds(2), () -> catchThrowable(() -> webhook.send(drift())));
  }

  /** Neither refused for good nor told when to come back: the sink's pace decides. */
  private static void assertOwed(Throwable failure, String message) {
    assertThat(failure).isInstanceOf(IOException.class).hasMessage(message).hasNoCause();
  }

  private static void assertOwedUntil(Throwable failure, String message, Duration wait) {
    assertThat(failure).isInstanceOf(TryLaterException.class).hasMessage(message).hasNoCause();
    assertThat(((TryLaterException) failure).after()).isEqualTo(wait);
  }

  private static void assertRefused(Throwable failure, String message) {
    assertThat(failure)
        .isInstanceOf(PermanentAlertException.class)
        .hasMessage(message)
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "201 Created", "202", "299 Fine"})
  void everyTwoHundredTakesIt(String status) throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 " + status + EMPTY)) {
      assertThat(failureAt(receiver)).isNull();
      assertThat(receiver.heads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599, 999})
  void whatMayPassIsTriedAgain(int status) throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 " + status + " Sorry" + EMPTY)) {
      assertOwed(failureAt(receiver), "the receiver answered " + status);
      assertThat(receiver.heads()).as("one try").hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 407, 410, 422})
  void whatWillNotPassIsRefused(int status) throws Exception {
    try (RawReceiver receiver = RawReceiver.answering("HTTP/1.1 " + status + " No" + EMPTY)) {
      assertRefused(failureAt(receiver), "the receiver answered " + status);
      assertThat(receiver.heads()).as("one try").hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"429, 90, PT90S", "503, 0, PT0S", "408, 3, PT3S", "500, 99999999999, PT99999999999S"})
  void aReceiverSaysHowLongToWait(int status, String seconds, Duration wait) throws Exception {
    String answer = "HTTP/1.1 " + status + " Later\r\nRetry-After: " + seconds + EMPTY;
    try (RawReceiver receiver = RawReceiver.answering(answer)) {
      assertOwedUntil(failureAt(receiver), "the receiver answered " + status, wait);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3600, 90, 0, -90})
  void aReceiverSaysWhenToComeBack(long later) throws Exception {
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
  void aWaitThatCantBeReadIsNone(String wait) throws Exception {
    String answer = "HTTP/1.1 503 Later\r\nRetry-After: " + wait + EMPTY;
    try (RawReceiver receiver = RawReceiver.answering(answer)) {
      assertOwed(failureAt(receiver), "the receiver answered 503");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308})
  void aRedirectIsNotFollowed(int status) throws Exception {
    try (RawReceiver target = RawReceiver.answering("HTTP/1.1 200 OK" + EMPTY);
        RawReceiver receiver =
            RawReceiver.answering(
                "HTTP/1.1 " + status + " Elsewhere\r\nLocation: " + target.url() + "/" + EMPTY)) {
      assertRefused(
          failureAt(receiver), "the receiver answered " + status + "; redirects are not followed");
      assertThat(target.connections()).isZero();
    }
  }

  @Test
  void aPortWhereNobodyListens() throws Exception {
    int port;
    try (ServerSocket shortly = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = shortly.getLocalPort();
    }

    assertOwed(failureOf(to("http://127.0.0.1:" + port)), "nobody listens there");
  }

  @Test
  void aReceiverThatAcceptsAndStaysSilent() throws Exception {
    try (RawReceiver receiver = RawReceiver.doing(RawReceiver.Wire::waitForTheEnd)) {
      assertOwed(failureAt(receiver), "no answer within 500 ms");
      assertThat(receiver.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @Test
  void headersThatDrip() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 200 OK\r\n");
              wire.drip("x-more: 1\r\n");
            })) {
      assertOwed(failureAt(receiver), "no answer within 500 ms");
      assertThat(receiver.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void aBodyThatDripsDoesNotMatter(int status) throws Exception {
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 " + status + " Slow\r\ncontent-length: 100\r\n\r\n1");
              wire.waitForTheEnd();
            })) {
      Throwable failure = failureAt(receiver);
      if (status == 200) {
        assertThat(failure).isNull();
      } else {
        assertOwed(failure, "the receiver answered 500");
      }
      assertThat(receiver.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"content-length: 1073741824", "transfer-encoding: chunked", "connection: close"})
  void ofABodyOfOneGibibyteTheBeginningIsRead(String framing) throws Exception {
    AtomicLong sent = new AtomicLong();
    byte[] more = new byte[8192];
    boolean chunked = framing.contains("chunked");
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 200 OK\r\n" + framing + "\r\n\r\n");
              while (sent.get() < GIBIBYTE) {
                wire.say(chunked ? "2000\r\n" : "");
                wire.say(more);
                wire.say(chunked ? "\r\n" : "");
                sent.addAndGet(more.length);
              }
            })) {
      assertThat(failureAt(receiver)).isNull();
      assertThat(receiver.sawEnds(1)).as("the connection is ended").isTrue();
      assertThat(sent).as("read, and in buffers").hasValueLessThan(16L << 20);
    }
  }

  @Test
  void whatIsNoHttp() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("SSH-2.0-OpenSSH_9.2\r\n\u001b[2J\r\n\r\n");
            })) {
      assertOwed(failureAt(receiver), "what it answered is not HTTP");
    }
  }

  @Test
  void aSecretPathThatIsSentBackIsNotShown() throws Exception {
    try (RawReceiver receiver = RawReceiver.doing(RawReceiver.Wire::echo)) {
      assertOwed(failureAt(receiver), "what it answered is not HTTP");
    }
  }

  @Test
  void aConnectionClosedWithoutAnAnswer() throws Exception {
    String ended = "the connection ended without an answer that can be read";
    try (RawReceiver closes = RawReceiver.doing(RawReceiver.Wire::readRequest);
        RawReceiver resets =
            RawReceiver.doing(
                wire -> {
                  wire.readRequest();
                  wire.reset();
                });
        RawReceiver inTheHeaders =
            RawReceiver.doing(
                wire -> {
                  wire.readRequest();
                  wire.say("HTTP/1.1 200 OK\r\nx-more: 1");
                })) {
      assertOwed(failureAt(closes), ended);
      assertOwed(failureAt(resets), ended);
      assertOwed(failureAt(inTheHeaders), ended);
    }
  }

  @Test
  void aConnectionClosedInTheBodyHasAnswered() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n1");
            })) {
      assertThat(failureAt(receiver)).isNull();
    }
  }

  @Test
  void aReceiverThatDoesNotSpeakTls() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.say("HTTP/1.1 400 Bad" + EMPTY);
              wire.waitForTheEnd();
            })) {
      Throwable failure = failureOf(to(receiver.url().replace("http:", "https:")));

      assertThat(failure).isInstanceOf(IOException.class).hasNoCause();
      assertThat(failure).hasMessageMatching("no secure connection: .*SSL message.*");
    }
  }

  @Test
  void aConnectionIsUsedAgain() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.answering("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello")) {
      Webhook webhook = to(receiver.url());
      for (int i = 0; i < 5; i++) {
        assertThat(failureOf(webhook)).isNull();
      }
      assertThat(receiver.heads()).hasSize(5);
      assertThat(receiver.connections()).isEqualTo(1);
    }
  }

  @Test
  void nothingGrowsWhenItFailsAgainAndAgain() throws Exception {
    try (RawReceiver silent = RawReceiver.doing(RawReceiver.Wire::waitForTheEnd);
        RawReceiver closes = RawReceiver.doing(RawReceiver.Wire::readRequest)) {
      Duration shortly = Duration.ofMillis(20);
      Webhook toSilent = to(silent.url()).answeringWithin(shortly);
      Webhook toClosing = to(closes.url());
      long before = selectors();
      for (int i = 0; i < 20; i++) {
        assertOwed(failureOf(toSilent), "no answer within 20 ms");
        assertThat(failureOf(toClosing)).isInstanceOf(IOException.class);
      }

      assertThat(silent.sawEnds(silent.connections())).as("no connection is left").isTrue();
      assertThat(selectors()).as("one thread for each").isLessThanOrEqualTo(before + 2);
    }
  }

  /** {@link HttpClient} has one thread that outlives a request. */
  private static long selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
        .count();
  }
}
