package dev.fluke.source;

import dev.fluke.manifest.Manifest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Numbers the manifests that an application declares in code. Used by one thread at a time. */
final class SuppliedRevisions {
  private final Supplier<Manifest> supplier;
  private @Nullable Manifest last;
  private int revisions;

  SuppliedRevisions(Supplier<Manifest> supplier) {
    this.supplier = supplier;
  }

  /** A new revision if the supplier returns another object than last time; otherwise empty. */
  Optional<Revision> next() throws SourceUnavailableException {
    Manifest now = supplier.get();
    if (now == null) {
      throw SourceUnavailableException.because("the supplier of the manifest returned null");
    }
    if (now == last) {
      return Optional.empty();
    }
    last = now;
    revisions++;
    return Optional.of(Revision.of("code-" + revisions, now));
  }
}
