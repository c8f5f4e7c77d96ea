package dev.fluke.cli.config;

import java.util.List;
import java.util.Locale;

/**
 * The settings of the log.
 *
 * @param level the lowest level that is logged, in upper case
 * @param json whether each line is a JSON object
 */
public record LogConfig(String level, boolean json) {
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  static LogConfig none() {
    return new LogConfig("INFO", false);
  }

  static LogConfig of(Section log) {
    String level = log.as("level", text -> ConfigValues.oneOf(text, LEVELS)).orElse("info");
    String format =
        log.as("format", text -> ConfigValues.oneOf(text, List.of("text", "json"))).orElse("");
    log.end();
    return new LogConfig(level.toUpperCase(Locale.ROOT), format.equals("json"));
  }
}
