package dev.fluke.cli.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A response of a server that closes the connection after it, as the daemon does.
 *
 * @param status the HTTP status
 * @param body the body, decoded from UTF-8
 */
record HttpMessage(int status, String body) {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
  private static final Pattern LENGTH =
      Pattern.compile("(?i)content-length:[ \\t]*(\\d{1,9})[ \\t]*");
  private static final String NOT_FLUKE = "this is not Fluke: its response is not HTTP";

  /**
   * Parses a whole response.
   *
   * @throws IOException if it is none, or is cut off
   */
  static HttpMessage of(byte[] response) throws IOException {
    if (response.length == 0) {
      throw new IOException("the connection was closed without a response");
    }
    String text = new String(response, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<String> head = text.substring(0, Math.max(end, 0)).lines().toList();
    Matcher status = STATUS.matcher(head.isEmpty() ? "" : head.get(0));
    if (!status.matches()) {
      throw new IOException(NOT_FLUKE);
    }
    int from = end + 4;
    return new HttpMessage(
        Integer.parseInt(status.group(1)),
        new String(response, from, length(head, response.length - from), StandardCharsets.UTF_8));
  }

  private static int length(List<String> head, int received) throws IOException {
    for (String line : head) {
      Matcher length = LENGTH.matcher(line);
      if (length.matches()) {
        int declared = Integer.parseInt(length.group(1));
        if (declared > received) {
          throw new IOException("the response was cut off");
        }
        return declared;
      }
    }
    throw new IOException(NOT_FLUKE);
  }
}
