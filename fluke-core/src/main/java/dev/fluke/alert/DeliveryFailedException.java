package dev.fluke.alert;

import java.io.IOException;

/** A try to deliver an alert failed, and the next one may succeed. */
final class DeliveryFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  DeliveryFailedException(String message) {
    super(message);
  }
}
