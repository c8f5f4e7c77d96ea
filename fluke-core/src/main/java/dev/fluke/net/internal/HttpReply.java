package dev.fluke.net.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP/1.1 answer (RFC 9112, 2.1).
 *
 * @param status the status code
 * @param headers the values of each header in their order; a name's case does not matter
 */
public record HttpReply(int status, Map<String, List<String>> headers) {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
  private static final int LONGEST = 64 * 1024;

  /** Reads up to the end of the headers, and no byte more. */
  public static HttpReply read(InputStream in) throws IOException {
    Lines lines = new Lines(in);
    HttpReply reply = readOne(lines);
    while (reply.status / 100 == 1) { // an interim answer: the final one follows
      reply = readOne(lines);
    }
    return reply;
  }

  private static HttpReply readOne(Lines lines) throws IOException {
    Matcher first = STATUS.matcher(lines.next());
    if (!first.matches()) {
      throw new ProtocolException("the first line is not a status line");
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
    return new HttpReply(Integer.parseInt(first.group(1)), headers);
  }

  /** The last value of this header; empty if there is none. */
  public String header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.get(values.size() - 1);
  }

  /** The length of the body in bytes; {@code Long.MAX_VALUE} if the headers don't say. */
  public long length() {
    String length = header("content-length");
    if (status == 204 || status == 304) {
      return 0;
    }
    return length.matches("\\d{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE;
  }

  /** The body that follows on this stream, without its framing; reads no byte after it. */
  public InputStream body(InputStream in) {
    boolean chunked = header("transfer-encoding").strip().equalsIgnoreCase("chunked");
    return chunked && length() != 0 ? HttpBody.chunked(in) : HttpBody.of(in, length());
  }

  /** Reads lines, 64 KiB at most in all. */
  static final class Lines {
    private final InputStream in;
    private int left = LONGEST;

    Lines(InputStream in) {
      this.in = in;
    }

    String next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("the stream ended in the headers");
        }
        if (--left < 0) {
          throw new ProtocolException("the headers are longer than 64 KiB");
        }
        line.write(next);
      }
      String text = line.toString(ISO_8859_1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
  }
}
