package dev.fluke.alert;

import static dev.fluke.alert.Try.assertOwed;
import static dev.fluke.alert.Try.failureAt;
import static dev.fluke.alert.Try.failureOf;
import static dev.fluke.alert.Try.webhook;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fluke.net.internal.RawReceiver;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A try at a receiver that gives no proper answer ends soon and leaves no connection open. */
@Tag("W01")
@Tag("rule-27")
@Timeout(60)
class HttpExchangeTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String EMPTY = "\r\ncontent-length: 0\r\n\r\n";
  private static final long GIBIBYTE = 1L << 30;

  @Test
  void failsWhenNobodyListensOnThePort() throws Exception {
    int port;
    try (ServerSocket shortly = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = shortly.getLocalPort();
    }

    assertOwed(failureOf(Webhook.to("http://127.0.0.1:" + port), SHORT), "nobody listens there");
  }

  @Test
  void endsAtTheLimitWhenTheReceiverIsSilent() throws Exception {
    try (RawReceiver receiver = RawReceiver.doing(RawReceiver.Wire::waitForTheEnd)) {
      assertOwed(failureOf(webhook(receiver), SHORT), "no answer within 300 ms");
      assertThat(receiver.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @Test
  void endsAtTheLimitWhenHeadersDrip() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 200 OK\r\n");
              wire.drip("x-more: 1\r\n");
            })) {
      assertOwed(failureOf(webhook(receiver), SHORT), "no answer within 300 ms");
      assertThat(receiver.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void ignoresABodyThatDrips(int status) throws Exception {
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
  void readsOnlyTheBeginningOfAHugeBody(String framing) throws Exception {
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
  void failsWhenTheAnswerIsNotHttp() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("SSH-2.0-OpenSSH_9.2\r\n\u001b[2J\r\n\r\n");
              wire.waitForTheEnd();
            })) {
      assertOwed(failureAt(receiver), "the answer is not HTTP");
      assertThat(receiver.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @Test
  void hidesASecretPathThatTheReceiverSendsBack() throws Exception {
    try (RawReceiver receiver = RawReceiver.doing(RawReceiver.Wire::echo)) {
      assertOwed(failureAt(receiver), "the answer is not HTTP");
    }
  }

  @Test
  void failsWhenTheConnectionEndsWithoutAnAnswer() throws Exception {
    String ended = "the connection ended without an answer";
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
  void acceptsAnAnswerThatEndsInItsBody() throws Exception {
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
  void failsWhenHeadersHaveNoEnd() throws Exception {
    AtomicLong sent = new AtomicLong();
    byte[] more = "x-more: 1\r\n".repeat(100).getBytes(UTF_8);
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 200 OK\r\n");
              while (sent.get() < GIBIBYTE) {
                wire.say(more);
                sent.addAndGet(more.length);
              }
            })) {
      assertOwed(failureAt(receiver), "the answer is not HTTP");
      assertThat(receiver.sawEnds(1)).as("the connection is ended").isTrue();
      assertThat(sent).as("read, and in buffers").hasValueLessThan(16L << 20);
    }
  }

  @Test
  void readsTheFinalAnswerAfterAnInterimOne() throws Exception {
    try (RawReceiver receiver =
        RawReceiver.answering("HTTP/1.1 103 Soon\r\nx: y\r\n\r\nHTTP/1.0 200\r\n\r\n")) {
      assertThat(failureAt(receiver)).isNull();
    }
  }

  @Test
  void readsAShortBodyToItsEnd() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 200 OK\r\ncontent-length: 65536\r\n\r\n");
              wire.say(new byte[65_536]);
              wire.waitForTheEnd(); // fails if what was said is dropped
              heard.countDown();
            })) {
      assertThat(failureAt(receiver)).isNull();
      assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void endsOnAnInterrupt() throws Exception {
    Thread sender = Thread.currentThread();
    try (RawReceiver receiver =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              sender.interrupt();
              wire.waitForTheEnd();
            })) {
      Throwable failure =
          assertTimeout(
              Duration.ofSeconds(5),
              () -> catchThrowable(() -> webhook(receiver).send(SampleAlerts.drift())));

      assertThat(failure).isInstanceOf(InterruptedException.class);
      assertThat(receiver.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @Test
  void opensOneConnectionForEachTryAndLeavesNone() throws Exception {
    try (RawReceiver takes = RawReceiver.answering("HTTP/1.1 200 OK" + EMPTY);
        RawReceiver silent = RawReceiver.doing(RawReceiver.Wire::waitForTheEnd)) {
      for (int i = 0; i < 20; i++) {
        assertThat(failureAt(takes)).isNull();
        assertOwed(failureOf(webhook(silent), Duration.ofMillis(20)), "no answer within 20 ms");
      }

      assertThat(takes.connections()).isEqualTo(20);
      assertThat(takes.sawEnds(20)).isTrue();
      assertThat(silent.sawEnds(silent.connections())).isTrue();
    }
  }
}
