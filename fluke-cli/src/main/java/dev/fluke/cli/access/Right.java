package dev.fluke.cli.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A thing that a caller of the API may do. */
public enum Right {
  /** Reads the status, tasks, drift, events, metrics, and his own runs. */
  READ,
  /** Starts plans. */
  PLAN,
  /** Starts manual runs. */
  RECONCILE,
  /** Applies steps that are in sync, in manual runs. */
  FORCE;

  /** All rights. */
  public static Set<Right> all() {
    return EnumSet.allOf(Right.class);
  }

  /** The name in the config and in messages, such as {@code read}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
