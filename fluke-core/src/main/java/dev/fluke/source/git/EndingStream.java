package dev.fluke.source.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that says when it was read to its end, or closed. It may say so more than once. */
final class EndingStream extends FilterInputStream {
  private final Runnable ended;

  EndingStream(InputStream in, Runnable ended) {
    super(in);
    this.ended = ended;
  }

  @Override
  public int read() throws IOException {
    return noted(super.read());
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    return noted(super.read(bytes, from, length));
  }

  private int noted(int read) {
    if (read < 0) {
      ended.run();
    }
    return read;
  }

  @Override
  public void close() {
    ended.run();
  }
}
