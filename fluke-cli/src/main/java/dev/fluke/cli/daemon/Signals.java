package dev.fluke.cli.daemon;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Signals of the operating system. Java offers them only in {@code jdk.unsupported}, whose use the
 * compiler warns of; so this class uses reflection.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs the action at each signal with this name, such as HUP, on a thread of the JVM.
   *
   * @throws IllegalStateException if this JVM can't handle the signal
   */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> invoke(self, method, arguments, action));
      Object signalOfName = signal.getConstructor(String.class).newInstance(name);
      var unused = signal.getMethod("handle", signal, handler).invoke(null, signalOfName, ours);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't handle the signal " + name + ": " + e, e);
    }
  }

  private static @Nullable Object invoke(
      Object self, Method method, Object @Nullable [] arguments, Runnable action) {
    return switch (method.getName()) {
      case "hashCode" -> System.identityHashCode(self);
      case "equals" -> arguments != null && self == arguments[0];
      case "toString" -> "a signal handler";
      default -> {
        action.run();
        yield null;
      }
    };
  }
}
