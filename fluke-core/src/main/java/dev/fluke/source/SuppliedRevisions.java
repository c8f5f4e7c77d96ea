package dev.fluke.source;

import dev.fluke.manifest.Manifest;
import dev.fluke.time.Scheduler;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Numbers the manifests that an application declares in code. Used by one thread at a time. */
final class SuppliedRevisions {
  private final Supplier<Manifest> supplier;
  private final ManifestContents contents;
  private @Nullable Manifest last;
  private int revisions;

  SuppliedRevisions(Supplier<Manifest> supplier, Scheduler scheduler) {
    this.supplier = supplier;
    this.contents = new ManifestContents(scheduler);
  }

  /** A new revision if the supplier returns other content than last time; otherwise empty. */
  Optional<Revision> next() throws SourceUnavailableException, InterruptedException {
    Manifest now = supplier.get();
    if (now == null) {
      throw SourceUnavailableException.because("the supplier of the manifest returned null");
    }
    if (now == last || (last != null && contents.areSame(last, now))) {
      return Optional.empty();
    }
    last = now;
    revisions++;
    return Optional.of(Revision.of("code-" + revisions, now));
  }
}
