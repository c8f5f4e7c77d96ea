package dev.fluke.reconcile.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;
import dev.fluke.event.Event;
import dev.fluke.event.EventStore;
import dev.fluke.reconcile.internal.config.AlertRoute;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sink's worker goes on although what it stands on failed around a call. */
@Tag("rule-27")
class SinkWorkerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void goesOnAfterTheClockOrTimersFail() {
    for (String failing : List.of("nanoTime", "after")) {
      VirtualTime time = VirtualTime.seeded(1);
      Scheduler[] broken = {time};
      Scheduler scheduler = switching(broken);
      LoopThread thread = new LoopThread();
      EventRecorder journal = new EventRecorder(time, EventStore.inMemory(10), thread);
      List<String> tried = new ArrayList<>();
      AlertSink sink =
          alert -> {
            tried.add(alert.id());
            if (tried.size() == 1 && failing.equals("nanoTime")) {
              broken[0] = breaking(time, failing, broken);
              throw new IOException("not now");
            }
          };
      SinkDelivery delivery =
          new SinkDelivery(
              new AlertRoute(sink, AlertFilter.everything()), scheduler, thread, journal);
      Event event = Event.of(0, time.now(), "drift_detected");
      delivery.offer(1, true, Alert.of(event, "id", "key", false));
      if (failing.equals("after")) {
        broken[0] = breaking(time, failing, broken);
      }
      delivery.wake();
      try {
        time.runUntilIdle();
      } catch (AssertionError escaped) {
        assertThat(escaped).hasRootCauseInstanceOf(InternalError.class);
      }
      time.runFor(MINUTE);

      assertThat(tried).as(failing).isNotEmpty();
      assertThat(delivery.status().delivered()).as(failing).isEqualTo(1);
      assertThat(delivery.status().pending()).as(failing).isZero();
      assertThat(delivery.idle()).isCompleted();
      time.close();
    }
  }

  private static Scheduler switching(Scheduler[] current) {
    return proxy((method, args) -> method.invoke(current[0], args));
  }

  /** Fails at the next call of this method, and then it works again. */
  private static Scheduler breaking(Scheduler time, String failing, Scheduler[] current) {
    return proxy(
        (method, args) -> {
          if (method.getName().equals(failing)) {
            current[0] = time;
            throw new InvocationTargetException(new InternalError("no memory"));
          }
          return method.invoke(time, args);
        });
  }

  private interface Answer {
    Object to(Method method, Object[] args) throws ReflectiveOperationException;
  }

  private static Scheduler proxy(Answer answer) {
    return (Scheduler)
        Proxy.newProxyInstance(
            Scheduler.class.getClassLoader(),
            new Class<?>[] {Scheduler.class},
            (self, method, args) -> {
              try {
                return answer.to(method, args);
              } catch (InvocationTargetException e) {
                Throwable cause = e;
                while (cause instanceof InvocationTargetException wrapped) {
                  cause = wrapped.getCause();
                }
                while (cause instanceof UndeclaredThrowableException) {
                  cause = cause.getCause();
                }
                throw cause;
              }
            });
  }
}
