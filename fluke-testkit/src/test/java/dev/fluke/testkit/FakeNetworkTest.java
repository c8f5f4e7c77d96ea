package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attempts to connect to a scripted host. */
class FakeNetworkTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final FakeHost web = FakeHost.named("web-01");

  @AfterEach
  void close() {
    time.close();
  }

  private HostConnection open() throws Exception {
    return web.open(Target.of("web-01", time));
  }

  @Test
  void refusesConnectionsUntilReachableAgain() throws Exception {
    web.unreachable("no route to host");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UnreachableException.class, e -> assertThat(e.isLoginRefused()).isFalse())
        .hasMessage("no route to host");
    web.refusesLogin("no such key");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            UnreachableException.class, e -> assertThat(e.isLoginRefused()).isTrue());
    web.reachable();

    open().close();

    assertThat(web.connectionsTried()).isEqualTo(3);
    assertThat(web.connectionsOpened()).isEqualTo(1);
  }

  @Test
  void blackHoleHangsForTwentyFiveSeconds() throws Exception {
    web.blackHole();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    time.start(
        "lane",
        () -> {
          try {
            open();
          } catch (Exception e) {
            thrown.complete(e);
          }
        });

    assertThat(time.await(thrown, Duration.ofMinutes(1))).isTrue();

    assertThat(thrown.join()).isInstanceOf(UnreachableException.class);
    assertThat(time.nanoTime()).isEqualTo(Duration.ofSeconds(25).toNanos());
    assertThat(web.openConnections()).isZero();
  }
}
