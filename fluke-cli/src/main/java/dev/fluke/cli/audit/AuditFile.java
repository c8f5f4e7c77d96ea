package dev.fluke.cli.audit;

import dev.fluke.command.Mask;
import dev.fluke.report.CycleReport;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The audit as a file of JSON lines. A line is on the disk before the request has its response; a
 * manual run whose line can't be written does not begin. Other lines are kept until the file can be
 * written again. A flood of refused requests becomes one line a minute. Safe for use by any thread.
 */
public final class AuditFile implements AuditTrail {
  /** Refused requests of each caller that have a line of their own, each minute. */
  private static final int OF_CALLER = 60;

  /** Addresses of which a refused login has a line of its own, and callers, each minute. */
  private static final int SENDERS = 20;

  private static final String ACTING = "POST";
  private static final int FORBIDDEN = 403;

  private static final Duration LAST_ENDS = Duration.ofSeconds(2);

  private final Path path;
  private final Scheduler scheduler;
  private final AuditLines lines;
  private final AuditWriter writer;
  private final FloodLimit ofCallers;
  private final FloodLimit ofStrangers;
  private final Map<String, CompletableFuture<Boolean>> running = new ConcurrentHashMap<>();

  private AuditFile(Path path, Scheduler scheduler, Mask mask) {
    this.path = path;
    this.lines = new AuditLines(scheduler, mask);
    this.scheduler = scheduler;
    this.writer = new AuditWriter(path, new AppendOnlyFile(path), scheduler, lines::resumed);
    this.ofCallers = new FloodLimit(scheduler, OF_CALLER, SENDERS, this::keepRest);
    this.ofStrangers = new FloodLimit(scheduler, 1, SENDERS, this::keepRest);
  }

  /**
   * Opens the file, or makes it with the mode 0600. If that fails, the log and {@link #health} say
   * so, and it is tried again every 5 s.
   *
   * @param mask hides secrets in what callers send
   */
  public static AuditFile open(Path path, Scheduler scheduler, Mask mask) {
    AuditFile file = new AuditFile(path, scheduler, mask);
    file.reopen();
    return file;
  }

  @Override
  public void reopen() {
    writer.reopen();
  }

  @Override
  public void begins(Entry entry) throws IOException {
    writer.write(lines.responded(entry));
    running.put(entry.run(), new CompletableFuture<>());
  }

  @Override
  public void responded(Entry entry) {
    if (entry.caller().isEmpty()) {
      if (ofStrangers.passes(entry.from())) {
        writer.keep(lines.responded(entry));
      }
    } else if (entry.method().equals(ACTING) || entry.status() == FORBIDDEN) {
      if (entry.status() < 400 || ofCallers.passes(entry.caller())) {
        writer.keep(lines.responded(entry));
        writer.flush();
      }
    }
  }

  @Override
  public void ended(Entry entry, CycleReport report) {
    writer.keep(lines.ended(entry, report));
    end(entry.run());
  }

  @Override
  public void failed(Entry entry, String reason) {
    writer.keep(lines.failed(entry, reason));
    end(entry.run());
  }

  private void end(String run) {
    CompletableFuture<Boolean> end = running.remove(run);
    if (end != null) {
      end.complete(true);
    }
  }

  private void keepRest(FloodLimit.Rest rest) {
    writer.keep(lines.rest(rest));
  }

  @Override
  public Optional<Health> health() {
    Optional<AuditWriter.Gap> gap = writer.gap();
    return Optional.of(
        new Health(
            path.toString(), gap.map(AuditWriter.Gap::error), gap.map(AuditWriter.Gap::since)));
  }

  /** Writes the lines that wait; those of runs that are ending get 2 s. */
  @Override
  public void close() {
    var unused =
        scheduler.awaitUninterruptibly(
            CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new)), LAST_ENDS);
    writer.close();
  }
}
