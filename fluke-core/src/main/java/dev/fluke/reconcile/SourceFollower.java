package dev.fluke.reconcile;

import dev.fluke.command.Printable;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.FleetStatus.SourceStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the source, one look at a time, and holds the revision in force. A source that is broken
 * or out of reach changes nothing but its own status.
 */
final class SourceFollower {
  private static final Revision NONE = Revision.of("none", Manifest.empty());

  private final Scheduler scheduler;
  private final Journal journal;
  private final ManifestSource.Feed feed;
  private final Consumer<Revision> adopted;
  private volatile Revision inForce = NONE;
  private volatile Set<String> firstTasks = Set.of();
  private volatile @Nullable Instant since;
  private volatile String trouble = "";
  private volatile List<String> errors = List.of();
  private @Nullable String brokenId;
  private @Nullable CompletableFuture<Look> looking;
  private Scheduler.@Nullable Work work;
  private boolean closed;

  SourceFollower(
      ManifestSource source, Scheduler scheduler, Journal journal, Consumer<Revision> adopted) {
    this.scheduler = scheduler;
    this.journal = journal;
    this.adopted = adopted;
    this.feed = source.open(scheduler);
  }

  Revision inForce() {
    return inForce;
  }

  boolean hasNone() {
    return inForce == NONE;
  }

  /** Whether the task came with a later revision than the first. */
  boolean isNew(String task) {
    return !firstTasks.contains(task);
  }

  /** What came of a look. */
  enum Look {
    /** A new revision is in force. */
    ADOPTED,
    /** The source answered, with nothing that could be adopted. */
    NOTHING_NEW,
    /** The source did not answer. */
    AWAY
  }

  /** Looks for news, or joins the look under way; the future never fails. */
  CompletableFuture<Look> look() {
    CompletableFuture<Look> mine;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(Look.AWAY);
      }
      if (looking != null) {
        return looking;
      }
      mine = new CompletableFuture<>();
      looking = mine;
    }
    Scheduler.Work started = scheduler.start("fluke-source", () -> look(mine));
    synchronized (this) {
      work = started;
    }
    return mine;
  }

  private void look(CompletableFuture<Look> answer) {
    Look came = Look.AWAY;
    try {
      News news = feed.poll();
      came = Look.NOTHING_NEW;
      back();
      if (news instanceof News.Good good) {
        adopt(good.revision());
        came = Look.ADOPTED;
      } else if (news instanceof News.Broken broken) {
        refuse(broken);
      }
    } catch (Throwable t) {
      away(Words.of(t));
    } finally {
      synchronized (this) {
        looking = null;
      }
      answer.complete(came);
    }
  }

  private void adopt(Revision revision) {
    Revision before = inForce;
    if (before == NONE) {
      firstTasks = new TreeSet<>(revision.manifest().tasks().stream().map(t -> t.name()).toList());
    }
    inForce = revision;
    since = scheduler.now();
    trouble = "";
    errors = List.of();
    brokenId = null;
    journal.tell(
        "revision_adopted",
        event ->
            (before == NONE ? event : event.with("previous", before.id()))
                .with("revision", revision.id())
                .with("tasks", revision.manifest().tasks().size()));
    adopted.accept(revision);
  }

  private void refuse(News.Broken broken) {
    errors = broken.errors();
    trouble = "revision " + broken.id() + " is broken";
    if (broken.id().equals(brokenId)) {
      return;
    }
    brokenId = broken.id();
    journal.tell(
        "source_broken",
        event ->
            event
                .with("revision", broken.id())
                .with("errors", broken.errors().stream().map(Printable::of).toList()));
  }

  private void away(String why) {
    if (!trouble.startsWith("out of reach")) {
      journal.tell("source_unreachable", event -> event.with("message", why));
    }
    trouble = "out of reach: " + why;
  }

  private void back() {
    if (trouble.startsWith("out of reach")) {
      trouble = "";
      journal.tell("source_recovered", event -> event);
    }
  }

  SourceStatus status() {
    return new SourceStatus(
        inForce == NONE ? Optional.empty() : Optional.of(inForce.id()),
        Optional.ofNullable(since),
        trouble,
        errors);
  }

  void close() {
    Scheduler.Work running;
    synchronized (this) {
      closed = true;
      running = looking == null ? null : work;
    }
    if (running != null) {
      running.interrupt();
    }
    feed.close();
  }
}
