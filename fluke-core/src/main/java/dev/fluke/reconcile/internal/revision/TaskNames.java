package dev.fluke.reconcile.internal.revision;

import java.util.Locale;

/** Compares task names across sources, ignoring case. */
final class TaskNames {
  private TaskNames() {}

  static String key(String task) {
    return task.toLowerCase(Locale.ROOT);
  }
}
