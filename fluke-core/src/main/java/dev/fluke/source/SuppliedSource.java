package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.time.Scheduler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A manifest that the application declares in code. */
record SuppliedSource(Supplier<Manifest> supplier) implements ManifestSource {

  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    return new Following();
  }

  /** A word for the status. */
  @Override
  public String toString() {
    return "code";
  }

  private final class Following implements Feed {
    private @Nullable Manifest last;
    private int revisions;

    @Override
    public News poll() {
      Manifest now = requireNonNull(supplier.get(), "the supplier of the manifest returned null");
      if (now == last) {
        return new News.Unchanged();
      }
      last = now;
      revisions++;
      return new News.Good(Revision.of("code-" + revisions, now));
    }
  }
}
