package dev.fluke.cli.http;

import dev.fluke.text.Json;
import java.util.Map;

/**
 * A response of the API.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param text the body
 */
public record ApiResponse(int status, String type, String text) {
  private static final String JSON = "application/json";

  static ApiResponse json(int status, Map<String, ?> body) {
    return new ApiResponse(status, JSON, Json.write(body) + "\n");
  }

  static ApiResponse error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  static ApiResponse plain(int status, String text) {
    return new ApiResponse(status, "text/plain; charset=utf-8", text);
  }
}
