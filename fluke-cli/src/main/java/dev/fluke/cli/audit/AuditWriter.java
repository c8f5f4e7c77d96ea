package dev.fluke.cli.audit;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines in their order, on a thread of its own, so that a disk that hangs blocks nobody for
 * long. Lines that wait share one write. While the file can't be written, it tries again every 5 s,
 * and keeps up to 1,000 lines. Safe for use by any thread.
 */
final class AuditWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWriter.class);
  private static final Duration DISK = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int MOST_OWED = 1_000;

  private final Path path;
  private final Appender file;
  private final Scheduler scheduler;
  private final Function<Gap, String> resumed;
  private final Deque<Line> waiting = new ArrayDeque<>();
  private final Deque<String> owed = new ArrayDeque<>(); // only the thread that writes uses it
  private boolean writing;
  private boolean retrying;
  private boolean stuck;
  private long lost;
  private @Nullable Gap gap;

  /**
   * A time during which the file can't be written.
   *
   * @param since its beginning
   * @param error the reason
   * @param lost the number of lines that were not kept
   */
  record Gap(Instant since, String error, long lost) {}

  /** A line; whether it is kept until it can be written; whether the file is opened again first. */
  private record Line(
      String text, boolean isKept, boolean reopens, CompletableFuture<@Nullable Void> written) {
    static Line of(String text, boolean isKept, boolean reopens) {
      return new Line(text, isKept, reopens, new CompletableFuture<>());
    }
  }

  /** Appends lines to a file, for one thread; it can hang. */
  interface Appender {
    /** Appends lines, which are on the disk then; no lines only open the file. */
    void append(String lines) throws IOException;

    /** Closes the file; the next lines open it again. */
    void close() throws IOException;
  }

  /**
   * Creates a writer; it opens the file at the first line.
   *
   * @param path the file, for messages
   * @param resumed makes the line that is written after a gap
   */
  AuditWriter(Path path, Appender file, Scheduler scheduler, Function<Gap, String> resumed) {
    this.path = path;
    this.file = file;
    this.scheduler = scheduler;
    this.resumed = resumed;
  }

  /**
   * Writes a line; it is on the disk when the call returns.
   *
   * @throws IOException if it is not; then it is not written later either, unless the disk hangs
   */
  void write(String line) throws IOException {
    await(Line.of(line, false, false));
  }

  /** Writes a line now or as soon as it is possible. */
  void keep(String line) {
    var unused = add(Line.of(line, true, false));
  }

  /** Waits until all lines of before are written, or can't be. */
  void flush() {
    try {
      await(Line.of("", false, false));
    } catch (IOException e) {
      // the gap says so
    }
  }

  /** Opens the file at the path again; a new one after a rotation. */
  void reopen() {
    var unused = add(Line.of("", false, true));
  }

  /** Why the file can't be written; empty if it can. */
  synchronized Optional<Gap> gap() {
    return Optional.ofNullable(gap);
  }

  private void await(Line line) throws IOException {
    CompletableFuture<@Nullable Void> written;
    synchronized (this) {
      if (stuck) {
        throw new IOException(hanging());
      }
      written = add(line);
    }
    if (!scheduler.awaitUninterruptibly(written, DISK)) {
      synchronized (this) {
        stuck = true;
        fail(hanging());
      }
      throw new IOException(hanging());
    }
    if (written.isCompletedExceptionally()) {
      throw new IOException(gap().map(Gap::error).orElse("it could not be written"));
    }
  }

  private static String hanging() {
    return "the disk has not answered for %s s".formatted(DISK.toSeconds());
  }

  private synchronized CompletableFuture<@Nullable Void> add(Line line) {
    if (line.isKept() && waiting.size() >= MOST_OWED) { // the disk hangs
      lost++;
      return line.written();
    }
    waiting.add(line);
    if (!writing) {
      writing = true;
      var unused = scheduler.start("fluke audit", this::writeAll);
    }
    return line.written();
  }

  private void writeAll() {
    for (List<Line> batch = next(); !batch.isEmpty(); batch = next()) {
      write(batch);
    }
  }

  private synchronized List<Line> next() {
    List<Line> batch = new ArrayList<>(waiting);
    waiting.clear();
    writing = !batch.isEmpty();
    return batch;
  }

  private void write(List<Line> batch) {
    StringBuilder text = new StringBuilder();
    owed.forEach(text::append);
    gap().ifPresent(before -> text.append(resumed.apply(before)));
    batch.forEach(line -> text.append(line.text()));
    try {
      if (batch.stream().anyMatch(Line::reopens)) {
        file.close();
      }
      file.append(text.toString());
      owed.clear();
      succeed();
      batch.forEach(line -> line.written().complete(null));
    } catch (IOException | RuntimeException e) {
      batch.stream().filter(Line::isKept).forEach(line -> owe(line.text()));
      synchronized (this) {
        stuck = false;
        fail(why(e));
      }
      batch.forEach(line -> line.written().completeExceptionally(e));
    }
  }

  private void owe(String line) {
    if (owed.size() < MOST_OWED) {
      owed.add(line);
    } else {
      synchronized (this) {
        lost++;
      }
    }
  }

  private synchronized void succeed() {
    stuck = false;
    lost = 0;
    if (gap != null) {
      gap = null;
      LOG.info("the audit file {} can be written again", path);
    }
  }

  private synchronized void fail(String error) {
    if (gap == null) {
      LOG.error(
          "the audit file {} can't be written: {}; manual runs are refused until it can",
          path,
          error);
    }
    gap = new Gap(gap == null ? scheduler.now() : gap.since(), error, lost);
    if (!retrying) {
      retrying = true;
      scheduler.after(RETRY, this::retry);
    }
  }

  private void retry() {
    synchronized (this) {
      retrying = false;
    }
    var unused = add(Line.of("", false, false));
  }

  private static String why(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "its directory does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Writes what can be written, and closes the file. */
  void close() {
    flush();
    synchronized (this) {
      if (stuck) {
        return; // closing would wait for the disk, too
      }
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("the audit file {} could not be closed: {}", path, why(e));
    }
  }
}
