package dev.fluke.cli.client;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;

/**
 * A response of the API.
 *
 * @param status the HTTP status
 * @param body the JSON object
 */
public record ApiReply(int status, Map<String, Object> body) {

  static ApiReply of(Object server, int status, String text) throws UnreachableDaemonException {
    try {
      return new ApiReply(status, JSON.std.mapFrom(text));
    } catch (IOException | RuntimeException e) {
      throw new UnreachableDaemonException(
          "the server at %s is not Fluke: its response is not JSON".formatted(server));
    }
  }

  /** Whether the request succeeded. */
  public boolean succeeded() {
    return status < 300;
  }

  /** The error message of a failed request. */
  public String error() {
    return String.valueOf(body.getOrDefault("error", "HTTP status " + status));
  }
}
