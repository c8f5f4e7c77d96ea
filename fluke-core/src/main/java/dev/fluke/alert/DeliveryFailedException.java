package dev.fluke.alert;

import java.io.IOException;

/** It did not work this time, and may the next. */
final class DeliveryFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  DeliveryFailedException(String message) {
    super(message);
  }
}
