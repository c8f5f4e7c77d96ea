package dev.fluke.cli.http;

import dev.fluke.text.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response of the API.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param text the body
 * @param headers more headers
 */
public record ApiResponse(int status, String type, String text, Map<String, String> headers) {
  private static final String JSON = "application/json";

  ApiResponse(int status, String type, String text) {
    this(status, type, text, Map.of());
  }

  static ApiResponse json(int status, Map<String, ?> body) {
    return new ApiResponse(status, JSON, Json.write(body) + "\n");
  }

  static ApiResponse error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  /** The same response with one more header. */
  ApiResponse with(String header, String value) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put(header, value);
    return new ApiResponse(status, type, text, Map.copyOf(all));
  }

  static ApiResponse plain(int status, String text) {
    return new ApiResponse(status, "text/plain; charset=utf-8", text);
  }
}
