package dev.fluke.time;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which Java has from 21 on; Fluke is compiled for 17. */
final class VirtualThreads {
  /** The first Java whose virtual threads let go of their carrier in {@code synchronized}. */
  private static final int USABLE = 24;

  private static final @Nullable MethodHandle IS_VIRTUAL = isVirtual();

  private VirtualThreads() {}

  private static @Nullable MethodHandle isVirtual() {
    try {
      return MethodHandles.publicLookup()
          .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException e) {
      return null; // an older Java
    }
  }

  /**
   * Whether this factory makes virtual threads: one is started, so that a factory that counts its
   * threads sees the end of this one, too.
   */
  static boolean areMadeBy(ThreadFactory threads) {
    if (IS_VIRTUAL == null) {
      return false;
    }
    try {
      Thread thread = threads.newThread(() -> {});
      thread.start();
      return (boolean) IS_VIRTUAL.invokeExact(thread);
    } catch (Throwable t) {
      return false; // the first work says what is wrong with it
    }
  }

  /**
   * Refuses virtual threads on a Java where they can't wait.
   *
   * @param java the feature version
   */
  static void requireUsable(int java) {
    if (java < USABLE) {
      throw new IllegalArgumentException(
          "threads(..) makes virtual threads, which hold their carrier in synchronized blocks on Java %d, so that few carriers stop everything; use Java %d or later, or threads that are not virtual"
              .formatted(java, USABLE));
    }
  }
}
