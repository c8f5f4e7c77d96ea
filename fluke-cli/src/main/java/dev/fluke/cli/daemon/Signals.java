package dev.fluke.cli.daemon;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Signals of the operating system. Java has them in {@code jdk.unsupported} alone, which the
 * compiler warns of whoever names it; so it is looked up.
 */
final class Signals {
  private Signals() {}

  /**
   * Does this at each such signal, such as HUP, on a thread of the JVM.
   *
   * @throws IllegalStateException if this Java has no signals
   */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> called(self, method, arguments, action));
      Object signalOfName = signal.getConstructor(String.class).newInstance(name);
      var unused = signal.getMethod("handle", signal, handler).invoke(null, signalOfName, ours);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't take the signal " + name + ": " + e, e);
    }
  }

  private static @Nullable Object called(
      Object self, Method method, Object @Nullable [] arguments, Runnable action) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> arguments != null && self == arguments[0];
      case "toString" -> "a handler of signals";
      default -> {
        action.run();
        yield null;
      }
    };
  }
}
