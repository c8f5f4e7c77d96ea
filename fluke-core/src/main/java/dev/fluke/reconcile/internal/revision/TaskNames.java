package dev.fluke.reconcile.internal.revision;

import java.util.Locale;

/** Task names as they are compared across sources: case aside. */
final class TaskNames {
  private TaskNames() {}

  static String key(String task) {
    return task.toLowerCase(Locale.ROOT);
  }
}
