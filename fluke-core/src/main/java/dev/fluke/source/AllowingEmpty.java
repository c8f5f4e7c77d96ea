package dev.fluke.source;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another source, obeyed also when it declares nothing any more. */
record AllowingEmpty(ManifestSource source) implements ManifestSource {

  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    return source.open(scheduler, reader);
  }

  @Override
  public List<String> problems() {
    return source.problems();
  }

  @Override
  public Optional<Duration> pollInterval() {
    return source.pollInterval();
  }

  @Override
  public boolean allowsEmpty() {
    return true;
  }

  /** As the other is named. */
  @Override
  public String toString() {
    return source.toString();
  }
}
