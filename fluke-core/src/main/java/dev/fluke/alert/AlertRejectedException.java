package dev.fluke.alert;

/**
 * The receiver rejects this alert and would reject it a moment later, too. Fluke tries it again
 * every hour, and goes on with alerts of other incidents.
 */
public final class AlertRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the reason; the status shows it, so no secrets
   */
  public AlertRejectedException(String message) {
    super(message);
  }
}
