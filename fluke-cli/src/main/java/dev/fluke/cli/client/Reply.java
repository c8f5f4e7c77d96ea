package dev.fluke.cli.client;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;

/**
 * What the API answered.
 *
 * @param status the HTTP status
 * @param body the JSON object
 */
public record Reply(int status, Map<String, Object> body) {

  static Reply of(int status, String text) throws UnreachableDaemonException {
    try {
      return new Reply(status, JSON.std.mapFrom(text));
    } catch (IOException | RuntimeException e) {
      throw new UnreachableDaemonException("what answers is no fluke: its answer is no JSON");
    }
  }

  /** Whether it is what was asked for. */
  public boolean isGood() {
    return status < 300;
  }

  /** Why not, if it is not. */
  public String error() {
    return String.valueOf(body.getOrDefault("error", "HTTP status " + status));
  }
}
