package dev.fluke.cli.daemon;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.fluke.text.Json;
import dev.fluke.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes each message as one line. Control characters are escaped, so no host can forge lines. */
final class LogLines extends EncoderBase<ILoggingEvent> {
  private static final int MAX_LENGTH = 8 * 1024;

  private final boolean json;

  LogLines(boolean json) {
    this.json = json;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = json ? json(event) : text(event);
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ILoggingEvent event) {
    String error = error(event.getThrowableProxy());
    return event.getInstant()
        + String.format(Locale.ROOT, " %-5s ", event.getLevel())
        + shortName(event.getLoggerName())
        + ": "
        + displayed(event.getFormattedMessage())
        + (error.isEmpty() ? "" : ": " + error);
  }

  private static String json(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", event.getInstant());
    line.put("level", event.getLevel());
    line.put("logger", event.getLoggerName());
    line.put("message", displayed(event.getFormattedMessage()));
    String error = error(event.getThrowableProxy());
    if (!error.isEmpty()) {
      line.put("error", error);
    }
    return Json.write(line);
  }

  private static String shortName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  /** The error and its causes, each with the place where it was thrown. */
  private static String error(@Nullable IThrowableProxy error) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy each = error;
    for (int depth = 0; each != null && depth < 5; depth++) {
      text.append(depth == 0 ? "" : "; caused by ").append(each.getClassName());
      text.append(": ").append(each.getMessage());
      if (each.getStackTraceElementProxyArray().length > 0) {
        text.append(' ').append(each.getStackTraceElementProxyArray()[0]);
      }
      each = each.getCause();
    }
    return displayed(text.toString());
  }

  private static String displayed(String text) {
    boolean isLong = text.length() > MAX_LENGTH;
    return Printable.of(isLong ? text.substring(0, MAX_LENGTH) + "…" : text);
  }
}
