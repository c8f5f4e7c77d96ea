package dev.fluke.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogLinesTest {
  private static String encoded(boolean json, String message, Throwable error) {
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(new LoggerContext());
    event.setLoggerName("dev.fluke.cli.daemon.Daemon");
    event.setLevel(Level.INFO);
    event.setInstant(Instant.EPOCH);
    event.setMessage(message);
    if (error != null) {
      event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(error));
    }
    return new String(new LogLines(json).encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void encodesText() {
    assertThat(encoded(false, "started", null))
        .isEqualTo("1970-01-01T00:00:00Z INFO  Daemon: started\n");
  }

  @Test
  void encodesJson() {
    assertThat(encoded(true, "say \"hi\"", null))
        .isEqualTo(
            "{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"INFO\","
                + "\"logger\":\"dev.fluke.cli.daemon.Daemon\",\"message\":\"say \\\"hi\\\"\"}\n");
  }

  @Test
  void keepsEachMessageOnOneLine() {
    assertThat(encoded(false, "a\nERROR forged\u001b[31m\u202e", null))
        .isEqualTo("1970-01-01T00:00:00Z INFO  Daemon: a\\nERROR forged\\u001b[31m\\u202e\n");
  }

  @Test
  void cutsLongMessages() {
    assertThat(encoded(false, "x".repeat(10_000), null))
        .hasSize("1970-01-01T00:00:00Z INFO  Daemon: ".length() + 8192 + 2)
        .endsWith("x…\n");
  }

  @Test
  void addsAnErrorAndItsCauses() {
    Exception error = new IllegalStateException("outer", new IllegalArgumentException("inner\n"));

    assertThat(encoded(false, "failed", error))
        .contains(
            "Daemon: failed: java.lang.IllegalStateException: outer at dev.fluke.cli.daemon.LogLinesTest")
        .contains("; caused by java.lang.IllegalArgumentException: inner\\n at dev.fluke")
        .hasLineCount(1);
    assertThat(encoded(true, "failed", error))
        .contains("\"error\":\"java.lang.IllegalStateException: outer ");
  }
}
