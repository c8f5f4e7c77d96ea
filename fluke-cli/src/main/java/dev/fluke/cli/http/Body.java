package dev.fluke.cli.http;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;

/** Reads the body of a request without blocking a thread. */
final class Body implements Runnable {
  /** A body of up to this multiple of the limit is read to its end, so that its sender gets 413. */
  private static final long DISCARDED_MULTIPLE = 8;

  private final Content.Source source;
  private final int limit;
  private final IntConsumer kept;
  private final Consumer<Optional<byte[]>> then;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long length;

  /**
   * Reads a body.
   *
   * @param kept is given the length of each part that is kept
   * @param then is given the body; empty if it exceeds the limit or reading fails
   */
  Body(Content.Source source, int limit, IntConsumer kept, Consumer<Optional<byte[]>> then) {
    this.source = source;
    this.limit = limit;
    this.kept = kept;
    this.then = then;
  }

  void read() {
    run();
  }

  /** Keeps a part of the body, up to the limit. */
  private void keep(byte[] part) {
    length += part.length;
    if (length <= limit) {
      bytes.write(part, 0, part.length);
      kept.accept(part.length);
    }
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = source.read();
      if (chunk == null) {
        source.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        then.accept(Optional.empty());
        return;
      }
      boolean last = chunk.isLast();
      keep(BufferUtil.toArray(chunk.getByteBuffer()));
      chunk.release();
      if (last || length > limit * DISCARDED_MULTIPLE) {
        then.accept(length > limit ? Optional.empty() : Optional.of(bytes.toByteArray()));
        return;
      }
    }
  }
}
