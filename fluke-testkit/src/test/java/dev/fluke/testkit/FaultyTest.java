package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.alert.AlertSink;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventSubscriber;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Things of the application that hang or fail on demand. */
class FaultyTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  private Scheduler.Work call(String name, Supplier<String> call) {
    return time.start(
        name,
        () -> {
          try {
            seen.add(name + " " + call.get());
          } catch (Throwable t) {
            seen.add(name + " threw " + t);
          }
        });
  }

  @Test
  void worksUntilToldOtherwise() {
    Faulty<Supplier<String>> supplier = Faulty.supplier(() -> "x", time);

    assertThat(supplier.get().get()).isEqualTo("x");
    assertThat(supplier.calls()).isOne();
    assertThat(supplier.hanging()).isZero();
  }

  @Test
  void hangsUntilItWorksAgain() {
    Faulty<Supplier<String>> supplier = Faulty.supplier(() -> "x", time).hangs();
    call("one", supplier.get());
    time.runFor(Duration.ofDays(1));
    assertThat(seen).isEmpty();
    assertThat(supplier.hanging()).isOne();

    supplier.works();
    time.runUntilIdle();

    assertThat(seen).containsExactly("one x");
    assertThat(supplier.hanging()).isZero();
  }

  @Test
  void failsThoseThatHangAsWell() {
    Faulty<Supplier<String>> supplier = Faulty.supplier(() -> "x", time).hangs();
    call("one", supplier.get());
    time.runUntilIdle();

    supplier.fails(new IOException("no route"));
    time.runUntilIdle();

    assertThat(seen).containsExactly("one threw java.io.IOException: no route");
    assertThatThrownBy(supplier.get()::get).isInstanceOf(IOException.class);
  }

  @Test
  void failsTheNextCallsOnly() {
    Faulty<Supplier<String>> supplier = Faulty.supplier(() -> "x", time);
    supplier.failsNext(2, new OutOfMemoryError("no thread"));

    assertThatThrownBy(supplier.get()::get).isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(supplier.get()::get).isInstanceOf(OutOfMemoryError.class);
    assertThat(supplier.get().get()).isEqualTo("x");
  }

  @Test
  void endsHangAtInterruptUnlessStubborn() {
    Faulty<Supplier<String>> supplier = Faulty.supplier(() -> "x", time).hangs();
    Scheduler.Work soft = call("soft", supplier.get());
    time.runUntilIdle();
    soft.interrupt();
    time.runUntilIdle();
    assertThat(seen).containsExactly("soft threw java.lang.InterruptedException");

    supplier.hangsStubbornly();
    Scheduler.Work hard = call("hard", supplier.get());
    time.runUntilIdle();
    hard.interrupt();
    time.runUntilIdle();
    assertThat(seen).hasSize(1);
    supplier.works();
    time.runUntilIdle();

    assertThat(seen).last().isEqualTo("hard x");
  }

  @Test
  void putsTheFaultIntoEachThingOfAnApplication() throws Exception {
    IOException fault = new IOException("fault");
    AlertSink sink = Faulty.sink(alert -> {}, time).fails(fault).get();
    assertThatThrownBy(() -> sink.send(null)).isSameAs(fault);
    EventSubscriber subscriber = Faulty.subscriber(event -> {}, time).fails(fault).get();
    assertThatThrownBy(() -> subscriber.on(null)).isSameAs(fault);
    EventStore store = Faulty.store(EventStore.inMemory(1), time).fails(fault).get();
    assertThatThrownBy(() -> store.append(List.of())).isSameAs(fault);
    assertThatThrownBy(() -> store.latest("a", 1)).isSameAs(fault);
    ThreadFactory threads = Faulty.threads(Thread::new, time).fails(fault).get();
    assertThatThrownBy(() -> threads.newThread(() -> {})).isSameAs(fault);
    Scheduler scheduler = Faulty.threads(time).fails(fault).get();
    assertThatThrownBy(() -> scheduler.start("x", () -> {})).isSameAs(fault);
    assertThat(scheduler.now()).isEqualTo(time.now());
  }

  @Test
  void passesOnWhatWorks() throws Exception {
    EventStore store = Faulty.store(EventStore.inMemory(1), time).get();
    store.append(List.of());
    assertThat(store.latest("a", 1)).isEmpty();
    Faulty.sink(alert -> seen.add("alert"), time).get().send(null);
    Faulty.subscriber(event -> seen.add("event"), time).get().on(null);
    Scheduler scheduler = Faulty.threads(time).get();
    scheduler.start("work", () -> seen.add("work"));
    scheduler.after(Duration.ofSeconds(1), () -> seen.add("timer"));
    assertThat(scheduler.await(new CompletableFuture<>(), Duration.ofSeconds(2))).isFalse();

    assertThat(seen).containsExactly("alert", "event", "work", "timer");
    assertThat(scheduler.nanoTime()).isEqualTo(time.nanoTime());
  }

  @Test
  void hasTheFaultOfASourceWhereToldTo() throws Exception {
    IOException fault = new IOException("fault");
    Faulty<ManifestSource> source = Faulty.source(ManifestSource.of(Manifest.empty()), time);
    ManifestSource.Feed feed = source.get().open(time, ManifestReader.of());
    assertThat(feed.poll()).isInstanceOf(ManifestSource.News.Good.class);
    source.fails(fault);
    assertThatThrownBy(feed::poll).isSameAs(fault);
    feed.close();

    source.only("close", "open");
    assertThat(feed.poll()).isInstanceOf(ManifestSource.News.Unchanged.class);
    assertThatThrownBy(feed::close).isSameAs(fault);
    assertThatThrownBy(() -> source.get().open(time, ManifestReader.of())).isSameAs(fault);
    assertThat(source.get().toString()).isEqualTo("code");
    assertThat(source.get().allowsEmpty()).isFalse();
    assertThat(source.get().problems()).isEmpty();
    assertThat(source.get().pollInterval()).isEmpty();
  }
}
