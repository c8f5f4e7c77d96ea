package dev.fluke.cli.client;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * What the API answered.
 *
 * @param status the HTTP status
 * @param body the JSON object
 */
public record ApiReply(int status, Map<String, Object> body) {

  static ApiReply of(URI server, int status, String text) throws UnreachableDaemonException {
    try {
      return new ApiReply(status, JSON.std.mapFrom(text));
    } catch (IOException | RuntimeException e) {
      throw new UnreachableDaemonException(
          "what answers at " + server + " is no fluke: its answer is no JSON");
    }
  }

  /** Whether it is what was asked for. */
  public boolean succeeded() {
    return status < 300;
  }

  /** Why not, if it is not. */
  public String error() {
    return String.valueOf(body.getOrDefault("error", "HTTP status " + status));
  }
}
