package dev.fluke.testkit;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A source whose feed may hang or fail. */
record FaultySource(ManifestSource real, FaultGate gate) implements ManifestSource {
  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    gate.pass("open");
    Feed feed = real.open(scheduler, reader);
    return new Feed() {
      @Override
      public News poll() throws Exception {
        gate.pass("poll");
        return feed.poll();
      }

      @Override
      public void close() {
        gate.pass("close");
        feed.close();
      }
    };
  }

  @Override
  public List<String> problems() {
    return real.problems();
  }

  @Override
  public Optional<Duration> pollInterval() {
    return real.pollInterval();
  }

  @Override
  public boolean allowsEmpty() {
    return real.allowsEmpty();
  }

  @Override
  public boolean readsYaml() {
    return real.readsYaml();
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
