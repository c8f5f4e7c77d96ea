package dev.fluke.reconcile;

/** Unwinds a walk whose lane was given up while it hung in a call. */
final class AbandonedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
