package dev.fluke.cli.http;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;

/** Gathers the body of a request as it comes, without a thread that waits for it. */
final class Body implements Runnable {
  private static final long PATIENCE = 8;

  private final Content.Source source;
  private final int most;
  private final Consumer<Optional<byte[]>> then;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long length;

  /** Hands the whole body over, or nothing if it is larger or its end is not known. */
  Body(Content.Source source, int most, Consumer<Optional<byte[]>> then) {
    this.source = source;
    this.most = most;
    this.then = then;
  }

  void read() {
    run();
  }

  /** What is too much is read on, for a while: who still sends does not hear an answer. */
  private void take(byte[] part) {
    length += part.length;
    if (length <= most) {
      bytes.write(part, 0, part.length);
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
      take(BufferUtil.toArray(chunk.getByteBuffer()));
      chunk.release();
      if (last || length > most * PATIENCE) {
        then.accept(length > most ? Optional.empty() : Optional.of(bytes.toByteArray()));
        return;
      }
    }
  }
}
