package dev.fluke.net.internal;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an HTTP/1.1 answer without its framing (RFC 9112, 6 and 7). A body that ends before
 * its announced length is an error.
 */
final class HttpBody extends FilterInputStream {
  private static final String ENDED = "the answer ended in its body";
  private static final Pattern SIZE = Pattern.compile("([0-9a-fA-F]{1,15})\\s*(;.*)?");

  private final boolean chunked;
  private long left;
  private boolean began;

  private HttpBody(InputStream in, boolean chunked, long left) {
    super(in);
    this.chunked = chunked;
    this.left = left;
  }

  /**
   * A body of this length.
   *
   * @param length {@code Long.MAX_VALUE} for one that ends with the connection
   */
  static InputStream of(InputStream in, long length) {
    return new HttpBody(in, false, length);
  }

  /** A body in chunks. */
  static InputStream chunked(InputStream in) {
    return new HttpBody(in, true, 0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (chunked && left == 0) {
      nextChunk();
    }
    if (left <= 0) {
      return -1;
    }
    int read = in.read(bytes, from, (int) Math.min(left, length));
    if (read < 0 && left == Long.MAX_VALUE) {
      return -1;
    }
    if (read < 0) {
      throw new ProtocolException(ENDED);
    }
    left -= left == Long.MAX_VALUE ? 0 : read;
    return read;
  }

  private void nextChunk() throws IOException {
    try {
      nextChunk(new HttpReply.Lines(in));
    } catch (EOFException e) {
      throw new ProtocolException(ENDED);
    }
  }

  /** Reads the size of the next chunk; -1 after the last one. */
  private void nextChunk(HttpReply.Lines lines) throws IOException {
    if (began && !lines.next().isEmpty()) {
      throw new ProtocolException("a chunk of the answer is longer than its size");
    }
    began = true;
    Matcher size = SIZE.matcher(lines.next());
    if (!size.matches()) {
      throw new ProtocolException("a chunk of the answer has no size");
    }
    left = Long.parseLong(size.group(1), 16);
    if (left == 0) {
      while (!lines.next().isEmpty()) {
        // trailers don't matter
      }
      left = -1;
    }
  }

  @Override
  public int available() throws IOException {
    return left <= 0 ? 0 : (int) Math.min(left, in.available());
  }

  @Override
  public long skip(long bytes) throws IOException {
    return bytes <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(bytes, 8192)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
