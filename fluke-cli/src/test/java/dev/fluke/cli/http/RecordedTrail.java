package dev.fluke.cli.http;

import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.report.CycleReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told. */
final class RecordedTrail implements AuditTrail {
  final List<Entry> begun = new CopyOnWriteArrayList<>();
  final List<Entry> responded = new CopyOnWriteArrayList<>();
  final List<Entry> ended = new CopyOnWriteArrayList<>();
  final List<String> failed = new CopyOnWriteArrayList<>();
  Optional<IOException> failure = Optional.empty();
  Runnable whenAsked = () -> {};
  Runnable whenResponded = () -> {};

  @Override
  public void begins(Entry entry) throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    begun.add(entry);
  }

  @Override
  public void responded(Entry entry) {
    whenResponded.run();
    responded.add(entry);
  }

  @Override
  public void ended(Entry entry, CycleReport report) {
    ended.add(entry);
  }

  @Override
  public void failed(Entry entry, String reason) {
    failed.add(reason);
  }

  @Override
  public Optional<Health> health() {
    whenAsked.run();
    return Optional.empty();
  }

  @Override
  public void reopen() {
    // nothing is open
  }

  @Override
  public void close() {
    // nothing is open
  }
}
