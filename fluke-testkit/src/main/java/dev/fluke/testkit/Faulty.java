package dev.fluke.testkit;

import static java.util.Objects.requireNonNull;

import dev.fluke.alert.AlertSink;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.event.EventSubscriber;
import dev.fluke.source.ManifestSource;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something that an application gives to a reconciler, and that hangs or fails when a test says so:
 * a sink, an event store, a subscriber, a supplier, a source, threads. It works at first.
 *
 * <pre>{@code
 * Faulty<AlertSink> sink = Faulty.sink(received::add, kit.time());
 * kit.configure(builder -> builder.alerts(sink.get()));
 * sink.hangs();                             // each call from now on
 * sink.fails(new IOException("no route"));  // those that hang fail, too
 * sink.works();                             // those that hang go on
 * }</pre>
 *
 * <p>A call that hangs waits in the time of the scheduler, so virtual time passes meanwhile. It
 * ends when the fault ends, or when its thread is interrupted. Safe for use by any thread.
 *
 * @param <T> what is given to the reconciler
 */
public final class Faulty<T> {
  private final FaultGate gate;
  private final T it;

  private Faulty(FaultGate gate, T it) {
    this.gate = gate;
    this.it = it;
  }

  private static <T> Faulty<T> of(Scheduler time, Function<FaultGate, T> around) {
    FaultGate gate = new FaultGate(time);
    return new Faulty<>(gate, around.apply(gate));
  }

  /** A sink that passes alerts on; the fault is in {@code send}. */
  public static Faulty<AlertSink> sink(AlertSink real, Scheduler time) {
    requireNonNull(real, "real");
    return of(
        time,
        gate ->
            alert -> {
              gate.pass("send");
              real.send(alert);
            });
  }

  /** An event store; the fault is in {@code append} and {@code latest}. */
  public static Faulty<EventStore> store(EventStore real, Scheduler time) {
    requireNonNull(real, "real");
    return of(
        time,
        gate ->
            new EventStore() {
              @Override
              public void append(List<Event> events) throws Exception {
                gate.pass("append");
                real.append(events);
              }

              @Override
              public List<Event> latest(String agent, int atMost) {
                gate.pass("latest");
                return real.latest(agent, atMost);
              }
            });
  }

  /** A subscriber that passes events on; the fault is in {@code on}. */
  public static Faulty<EventSubscriber> subscriber(EventSubscriber real, Scheduler time) {
    requireNonNull(real, "real");
    return of(
        time,
        gate ->
            event -> {
              gate.pass("on");
              real.on(event);
            });
  }

  /** A supplier, of agents, manifests or secrets; the fault is in {@code get}. */
  public static <V> Faulty<Supplier<V>> supplier(Supplier<V> real, Scheduler time) {
    requireNonNull(real, "real");
    return of(
        time,
        gate ->
            () -> {
              gate.pass("get");
              return real.get();
            });
  }

  /** A source; the fault is in {@code poll}, or in what {@link #only} names: open, poll, close. */
  public static Faulty<ManifestSource> source(ManifestSource real, Scheduler time) {
    requireNonNull(real, "real");
    return Faulty.<ManifestSource>of(time, gate -> new FaultySource(real, gate)).only("poll");
  }

  /**
   * A factory of threads; the fault is in {@code newThread}. In virtual time use {@link
   * #threads(Scheduler)}.
   */
  public static Faulty<ThreadFactory> threads(ThreadFactory real, Scheduler time) {
    requireNonNull(real, "real");
    return of(
        time,
        gate ->
            body -> {
              gate.pass("newThread");
              return real.newThread(body);
            });
  }

  /**
   * A scheduler with the time of another one; the fault is in {@code start}, as on a machine that
   * has no thread to give.
   */
  public static Faulty<Scheduler> threads(Scheduler real) {
    return of(real, gate -> new FaultyScheduler(real, gate));
  }

  /** What to give to the reconciler. */
  public T get() {
    return it;
  }

  /** Ends the fault; calls that hang go on. */
  public Faulty<T> works() {
    gate.works();
    return this;
  }

  /** Makes each call hang until the fault ends or its thread is interrupted. */
  public Faulty<T> hangs() {
    gate.hangs(false);
    return this;
  }

  /** Makes each call hang until the fault ends, and ignore its interrupt. */
  public Faulty<T> hangsStubbornly() {
    gate.hangs(true);
    return this;
  }

  /** Makes each call throw this, also a checked exception or an error; those that hang, too. */
  public Faulty<T> fails(Throwable with) {
    gate.fails(requireNonNull(with, "with"), Integer.MAX_VALUE);
    return this;
  }

  /** Makes the next calls throw this; those after them work. */
  public Faulty<T> failsNext(int calls, Throwable with) {
    gate.fails(requireNonNull(with, "with"), calls);
    return this;
  }

  /** Has the fault in these methods only, such as {@code close} of a source. */
  public Faulty<T> only(String... methods) {
    gate.only(Set.of(methods));
    return this;
  }

  /** How many calls there were of methods that can have the fault. */
  public int calls() {
    return gate.calls();
  }

  /** How many calls hang now. */
  public int hanging() {
    return gate.hanging();
  }
}
