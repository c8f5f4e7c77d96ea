package dev.fluke.reconcile.internal.connection;

import dev.fluke.command.Mask;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Library;
import dev.fluke.text.Printable;
import org.slf4j.Logger;

/** What is thrown by transports and by the commands sent over them, without secrets. */
record MaskedErrors(Mask mask) {

  /** For a log. */
  Throwable masked(Throwable t) {
    return ErrorText.masked(t, mask::hide);
  }

  /** Logs what failed at DEBUG; a library that does not fit once at WARN. */
  void log(Logger log, String what, Throwable t) {
    log.debug(what, ErrorText.masked(t, mask::hide));
    Library.warnOnce(what, t, mask::hide);
  }

  /** The message alone, printable. */
  String messageOf(Throwable t) {
    if (t instanceof LinkageError) {
      return textOf(t);
    }
    return Printable.of(mask.hide(t.getMessage() == null ? t.toString() : t.getMessage()));
  }

  /** For a report. */
  String textOf(Throwable t) {
    return ErrorText.of(t, mask::hide);
  }
}
