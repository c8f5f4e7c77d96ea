package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hosts to which connecting takes long, or from which it takes long to part. */
class SlowCallTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final FakeHost web = FakeHost.named("web-01");
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  private HostConnection open() throws Exception {
    return web.open(Target.of("web-01", time));
  }

  private Scheduler.Work start() {
    return time.start(
        "lane",
        () -> {
          try (HostConnection connection = open()) {
            told.add("opened at " + seconds());
          } catch (InterruptedException e) {
            told.add("interrupted at " + seconds());
            return;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          told.add("closed at " + seconds() + " " + Thread.currentThread().isInterrupted());
        });
  }

  private long seconds() {
    return Duration.ofNanos(time.nanoTime()).toSeconds();
  }

  @Test
  void opensAndClosesSlowly() {
    web.opensSlowly(Duration.ofSeconds(7)).closesSlowly(Duration.ofSeconds(5));
    start();
    time.runFor(Duration.ofSeconds(20));

    assertThat(told).containsExactly("opened at 7", "closed at 12 false");
    assertThat(web.openConnections()).isZero();
  }

  @Test
  void anInterruptEndsASlowCall() {
    web.opensSlowly(Duration.ofSeconds(7)).closesSlowly(Duration.ofSeconds(5));
    time.after(Duration.ofSeconds(3), start()::interrupt);
    time.runFor(Duration.ofSeconds(4));
    assertThat(told).containsExactly("interrupted at 3");

    time.after(Duration.ofSeconds(9), start()::interrupt);
    time.runFor(Duration.ofSeconds(20));
    assertThat(told).endsWith("opened at 11", "closed at 13 true");
    assertThat(web.openConnections()).isZero();
  }

  @Test
  void hangsUntilReachableWhoeverInterrupts() {
    web.hangsOnOpen();
    Scheduler.Work opening = start();
    time.after(Duration.ofSeconds(3), opening::interrupt);
    time.runFor(Duration.ofHours(1));
    assertThat(told).isEmpty();
    assertThat(time.parkedWork()).containsExactly("lane");
    web.reachable().hangsOnClose();
    time.runFor(Duration.ofHours(1));
    assertThat(told).containsExactly("opened at 3600");
    assertThat(web.openConnections()).isEqualTo(1);
    web.reachable();
    time.runUntilIdle();

    assertThat(told).endsWith("closed at 7200 true");
    assertThat(web.openConnections()).isZero();
  }

  @Test
  void refusesAtOnceWhereConnectingWouldHang() {
    web.hangsOnOpen().unreachable("no route");

    assertThatThrownBy(this::open).hasMessage("no route");
  }
}
