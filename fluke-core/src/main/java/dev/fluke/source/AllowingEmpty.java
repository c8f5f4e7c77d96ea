package dev.fluke.source;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Another source whose revisions the reconciler adopts also if they declare no task any more. */
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

  @Override
  public boolean readsYaml() {
    return source.readsYaml();
  }

  /** The name of the other source. */
  @Override
  public String toString() {
    return source.toString();
  }
}
