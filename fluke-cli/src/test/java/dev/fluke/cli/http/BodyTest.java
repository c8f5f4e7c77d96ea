package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class BodyTest {
  private static final int LIMIT = 4;

  private final List<Optional<byte[]>> bodies = new ArrayList<>();

  private void read(Content.Source source) {
    new Body(source, LIMIT, length -> {}, bodies::add).read();
  }

  private static Content.Source parts(int... lengths) {
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int length : lengths) {
      buffers.add(ByteBuffer.wrap(new byte[length]));
    }
    return new ByteBufferContentSource(buffers);
  }

  @Test
  void joinsItsPartsUpToTheLimit() {
    read(parts(1, 3));
    read(parts());

    assertThat(bodies).extracting(body -> body.orElseThrow().length).containsExactly(4, 0);
  }

  @Test
  void isEmptyBeyondTheLimit() {
    read(parts(2, 3));
    read(parts(1000, 1000));

    assertThat(bodies).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void arrivesOnceTheLastPartIsThere() {
    try (AsyncContent source = new AsyncContent()) {
      read(source);
      source.write(false, ByteBuffer.wrap(new byte[] {1}), Callback.NOOP);
      assertThat(bodies).isEmpty();

      source.write(true, ByteBuffer.wrap(new byte[] {2}), Callback.NOOP);
    }
    assertThat(bodies).hasSize(1);
    assertThat(bodies.get(0).orElseThrow()).containsExactly(1, 2);
  }

  @Test
  void isEmptyIfReadingFails() {
    AsyncContent source = new AsyncContent();
    read(source);
    source.fail(new IOException("reset"));

    assertThat(bodies).containsExactly(Optional.empty());
  }
}
