package dev.fluke.source.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream from the remote that reports each read to the watchdog. */
final class WatchedStream extends FilterInputStream {
  private final FetchWatchdog watchdog;

  WatchedStream(InputStream in, FetchWatchdog watchdog) {
    super(in);
    this.watchdog = watchdog;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    watchdog.heard();
    return read;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    watchdog.heard();
    return read;
  }
}
