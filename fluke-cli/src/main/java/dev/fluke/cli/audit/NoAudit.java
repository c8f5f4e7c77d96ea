package dev.fluke.cli.audit;

import dev.fluke.report.CycleReport;
import java.util.Optional;

/** Keeps nothing. */
final class NoAudit implements AuditTrail {
  @Override
  public void begins(Entry entry) {
    // nothing is kept
  }

  @Override
  public void responded(Entry entry) {
    // nothing is kept
  }

  @Override
  public void ended(Entry entry, CycleReport report) {
    // nothing is kept
  }

  @Override
  public void failed(Entry entry, String reason) {
    // nothing is kept
  }

  @Override
  public void reopen() {
    // nothing is open
  }

  @Override
  public void close() {
    // nothing is open
  }

  @Override
  public Optional<Health> health() {
    return Optional.empty();
  }
}
