package dev.fluke.tests.source;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.Task;
import dev.fluke.shell.ShellKind;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A source that says what the test says. */
public class ScriptedSource implements ManifestSource {
  private final String name;
  public final List<Instant> polls = new ArrayList<>();
  private Callable<News> next = News.Unchanged::new;
  private boolean once;
  private Duration takes = Duration.ZERO;
  private Optional<Duration> interval = Optional.empty();

  public ScriptedSource(String name) {
    this.name = name;
  }

  public ScriptedSource has(String id, Task... tasks) {
    next = () -> new News.Good(Revision.of(id, Manifest.of(tasks)));
    once = true;
    return this;
  }

  /** Has what these manifest files declare. */
  public ScriptedSource reads(String id, Map<String, String> files) throws Exception {
    Map<String, byte[]> bytes = new HashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    Manifest read = ManifestReader.of(new ShellKind()).read(bytes);
    next = () -> new News.Good(Revision.of(id, read));
    once = true;
    return this;
  }

  public ScriptedSource says(Callable<News> news) {
    next = news;
    once = false;
    return this;
  }

  public ScriptedSource takes(Duration time) {
    takes = time;
    return this;
  }

  public ScriptedSource every(Duration time) {
    interval = Optional.of(time);
    return this;
  }

  @Override
  public Optional<Duration> pollInterval() {
    return interval;
  }

  @Override
  public Feed open(Scheduler scheduler, ManifestReader reader) {
    return () -> {
      polls.add(scheduler.now());
      Callable<News> told = next;
      if (once) {
        says(News.Unchanged::new);
      }
      if (!takes.isZero()) {
        scheduler.sleep(takes);
      }
      return told.call();
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
