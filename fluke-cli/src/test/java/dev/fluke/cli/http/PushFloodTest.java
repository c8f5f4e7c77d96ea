package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.cli.config.HttpConfig;
import dev.fluke.command.Secret;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.PushWebhook;
import dev.fluke.time.Scheduler;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Floods of push announcements, and compressed bodies. */
@Tag("W07")
@Tag("slow")
class PushFloodTest {
  private static final String HOOK = "canary-secret-of-the-hook";
  private static final long MIB = 1024 * 1024;
  private static final long SLOT_SECONDS = 5;

  private final AtomicInteger polls = new AtomicInteger();
  private final Scheduler scheduler = Scheduler.system();
  private Reconciler reconciler;
  private Api api;
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    reconciler =
        Reconciler.builder()
            .agent(Agent.named("here"))
            .manifest(
                () -> {
                  polls.incrementAndGet();
                  return Manifest.empty();
                })
            .build();
    PushWebhook hook =
        PushWebhook.signedWith(Secret.of(HOOK), new Debouncer(scheduler, reconciler::pollNow));
    api = new Api(reconciler, scheduler, Optional.of(hook));
    server =
        HttpServer.start(new HttpConfig("127.0.0.1", 0, Optional.empty(), Optional.empty()), api);
  }

  @AfterEach
  void stop() {
    server.close();
    reconciler.close();
    scheduler.close();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static ApiRequest push() {
    return new ApiRequest(
        "POST",
        "/hooks/git",
        "",
        Map.of("X-Gitlab-Token", List.of(HOOK)),
        "{\"repository\":{\"url\":\"https://evil.example.com/other.git\"}}".getBytes(UTF_8));
  }

  /** One poll immediately, and one at the end of each slot. */
  private void polledOncePerSlot(long sinceNanos) {
    long slots = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - sinceNanos) / SLOT_SECONDS;
    assertThat(polls.get()).isBetween(1, (int) (2 + slots));
  }

  @Test
  void pollsOncePerSlotAtTenThousandPushesASecond() {
    long before = heap();
    long begun = System.nanoTime();

    for (int i = 0; i < 120_000; i++) {
      assertThat(api.handle(push()).status()).isEqualTo(202);
    }

    long rate = 120_000 * 1000L / TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    assertThat(rate).as("pushes a second").isGreaterThan(10_000);
    polledOncePerSlot(begun);
    assertThat(heap() - before).isLessThan(8 * MIB);
  }

  private int sent(String head, byte[] body) throws Exception {
    int port = URI.create(server.url()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write((head + "Host: 127.0.0.1\r\n\r\n").getBytes(UTF_8));
      out.write(body);
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  private static String post(int length, String more) {
    return "POST /hooks/git HTTP/1.1\r\nX-Gitlab-Token: "
        + HOOK
        + "\r\nContent-Length: "
        + length
        + "\r\n"
        + more;
  }

  @Test
  void answersAFloodAndHoldsNoMemory() throws Exception {
    Callable<Integer> one = () -> sent(post(2, ""), new byte[] {'{', '}'});
    ExecutorService senders = Executors.newFixedThreadPool(16);
    try {
      senders.invokeAll(IntStream.range(0, 500).mapToObj(i -> one).toList());
      long before = heap();
      long begun = System.nanoTime();

      for (Future<Integer> sent :
          senders.invokeAll(IntStream.range(0, 10_000).mapToObj(i -> one).toList())) {
        assertThat(sent.get()).isEqualTo(202);
      }

      polledOncePerSlot(begun);
      assertThat(heap() - before).isLessThan(8 * MIB);
      assertThat(sent("GET /healthz HTTP/1.1\r\n", new byte[0])).isEqualTo(200);
    } finally {
      senders.shutdown();
      assertThat(senders.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void neverInflatesCompressedBodies() throws Exception {
    byte[] bomb = bombOf256MiB();
    assertThat(bomb.length).isLessThan((int) MIB);
    long before = heap();

    assertThat(sent(post(bomb.length, "Content-Encoding: gzip\r\n"), bomb)).isEqualTo(415);
    assertThat(sent(post(bomb.length, ""), bomb)).isEqualTo(202); // treated as plain bytes
    assertThat(sent(post(bomb.length, "Content-Type: application/gzip\r\n"), bomb)).isEqualTo(202);

    assertThat(heap() - before).isLessThan(8 * MIB);
  }

  private static byte[] bombOf256MiB() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] zeros = new byte[(int) MIB];
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 256; i++) {
        gzip.write(zeros);
      }
    }
    return bytes.toByteArray();
  }
}
