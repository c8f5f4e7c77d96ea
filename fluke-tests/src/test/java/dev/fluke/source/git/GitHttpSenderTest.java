package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.time.Scheduler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many connections a server can make Fluke hold, and for how long. */
class GitHttpSenderTest {
  private static final String SMART = "application/x-git-upload-pack-advertisement";

  private final List<SocketChannel> dialled = new ArrayList<>();
  private final NetworkAccess network =
      new NetworkAccess() {
        @Override
        public void dial(SocketChannel channel, InetSocketAddress to, int millis)
            throws IOException {
          dialled.add(channel);
          NetworkAccess.super.dial(channel, to, millis);
        }
      };
  private @TempDir Path dir;
  private GitHttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GitHttpServer(dir);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private GitHttpSender.Answer get(GitHttpSender sender) throws IOException {
    URI uri = URI.create(server.url() + "/info/refs");
    return sender.send(
        new GitHttpSender.Request(uri, true, false, "GET", Map.of(), new ByteArrayOutputStream()));
  }

  @Test
  void closesAConnectionThatIsNoLongerNeeded() throws Exception {
    try (Scheduler real = Scheduler.system();
        FetchWatchdog watchdog = FetchWatchdog.start(real, FetchLimits.DEFAULT);
        GitHttpSender sender = new GitHttpSender(network, watchdog)) {
      server.answers(GitHttpServer.status(404, "no"));
      assertThat(get(sender).body().readAllBytes()).isEmpty();
      assertThat(dialled).singleElement().matches(channel -> !channel.isOpen(), "closed");

      server.answers(GitHttpServer.status(200, "yes", "Content-Type", SMART));
      InputStream body = get(sender).body();
      assertThat(dialled.get(1).isOpen()).isTrue();
      assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("yes");
      assertThat(dialled.get(1).isOpen()).isFalse();

      get(sender).body().close();
      assertThat(dialled.get(2).isOpen()).isFalse();
      get(sender);
    }
    assertThat(dialled.get(3).isOpen()).as("at the end of the poll").isFalse();
  }

  @Test
  void asksAServerOfDumbHttpOnce() {
    String refs = "%s\trefs/heads/main\n".formatted("1".repeat(40));
    server.answers(GitHttpServer.status(200, refs, "Content-Type", "text/plain"));
    try (FollowedSource infra = new FollowedSource(GitSource.at(server.url()).insecure())) {
      assertThat(infra.unavailable())
          .hasMessageContaining(
              "does not answer as a Git server does; the dumb HTTP protocol is not supported");
    }
    assertThat(server.requests).hasSize(1);
  }
}
