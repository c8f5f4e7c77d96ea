package dev.fluke.source.git;

import static java.util.Locale.ROOT;

import com.google.common.base.Throwables;
import dev.fluke.text.Printable;
import java.nio.file.FileSystemException;

/** Turns failures of Git, HTTP and files into text. */
final class GitErrorText {
  private GitErrorText() {}

  /** What failed, with the root cause if its message adds something; on one line. */
  static String of(Throwable failure) {
    String message = message(failure);
    String root = message(Throwables.getRootCause(failure));
    return Printable.of(message.contains(root) ? message : message + ": " + root);
  }

  /** The message; for files, whose message is only the path, also the kind of the failure. */
  static String message(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      String kind = file.getClass().getSimpleName().replace("Exception", "");
      return file.getFile() + ": " + kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(ROOT);
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
