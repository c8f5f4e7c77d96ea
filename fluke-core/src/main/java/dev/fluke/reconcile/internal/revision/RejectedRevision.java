package dev.fluke.reconcile.internal.revision;

import dev.fluke.text.Printable;
import java.util.List;

/**
 * The newest revision of a source, which was not adopted.
 *
 * @param id its id
 * @param errors what is wrong with it, each on one line
 */
record RejectedRevision(String id, List<String> errors) {
  RejectedRevision {
    id = Printable.of(id);
    errors = errors.stream().map(Printable::of).toList();
  }

  String lastError() {
    return "revision " + id + " is refused";
  }

  /** The same with the first error, and how many more there are. */
  String inShort() {
    String first = errors.isEmpty() ? "" : ": " + errors.get(0);
    return lastError()
        + first
        + (errors.size() > 1 ? ", and " + (errors.size() - 1) + " more" : "");
  }
}
