package dev.fluke.alert;

/** The receiver refuses this alert and won't take it a moment later: it is tried again hourly. */
public final class AlertRejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * The receiver refuses it.
   *
   * @param message why; it is shown in the status, so no secrets
   */
  public AlertRejectedException(String message) {
    super(message);
  }
}
