package dev.fluke.reconcile;

import dev.fluke.event.EventTypes;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one source, one look at a time, and holds its last good revision. A source that is broken
 * or out of reach changes nothing but its own status.
 */
final class SourcePoller {
  private static final Logger log = LoggerFactory.getLogger(SourcePoller.class);

  private final ManifestSource source;
  private final Scheduler scheduler;
  private final EventRecorder journal;
  private final IncidentTracker incidents;
  private final SourceSet all;
  private final ManifestSource.Feed feed;
  private final PollSchedule pace;
  private volatile @Nullable Revision inForce;
  private volatile Set<String> names = Set.of();
  private volatile Set<String> firstNames = Set.of();
  private volatile @Nullable Instant since;
  private volatile @Nullable Instant answeredAt;
  private volatile String away = "";
  private volatile @Nullable RejectedRevision refused;
  private @Nullable Revision candidate;
  private final List<CompletableFuture<PollResult>> asking = new ArrayList<>();
  private final List<CompletableFuture<PollResult>> next = new ArrayList<>();
  private Scheduler.@Nullable Work work;
  private boolean closed;

  SourcePoller(
      ManifestSource source,
      ManifestReader reader,
      LoopSettings settings,
      EventRecorder journal,
      IncidentTracker incidents,
      SourceSet all) {
    this.source = source;
    this.scheduler = settings.scheduler();
    this.journal = journal;
    this.incidents = incidents;
    this.all = all;
    this.feed = source.open(scheduler, reader);
    this.pace = new PollSchedule(scheduler, source.pollInterval().orElse(settings.pollInterval()));
  }

  String name() {
    return Printable.of(source.toString());
  }

  Optional<Revision> inForce() {
    return Optional.ofNullable(inForce);
  }

  boolean declares(String task) {
    return names.contains(SourceSet.key(task));
  }

  /** Whether the task came with a later revision than the first. */
  boolean isNew(String task) {
    return !firstNames.contains(SourceSet.key(task));
  }

  /**
   * Why what is in force is not the newest that there is, for who reads a report; empty if it is.
   *
   * @param askedTooLong whether one that is still being asked counts as away
   */
  Optional<String> note(boolean askedTooLong) {
    RejectedRevision now = refused;
    String why = away;
    String because = now == null ? "" : ": " + now.inShort();
    if (!why.isEmpty() || (askedTooLong && isAsked())) {
      because = " is away" + (why.isEmpty() ? "" : ": " + why) + because;
    }
    String revision = inForce().map(Revision::id).orElse("none");
    return because.isEmpty()
        ? Optional.empty()
        : Optional.of("the source " + name() + because + "; this is revision " + revision);
  }

  private synchronized boolean isAsked() {
    return !asking.isEmpty();
  }

  /**
   * Looks for news; a look under way may have missed them, so another follows. Never fails; who
   * asked first is answered first.
   */
  CompletableFuture<PollResult> look() {
    CompletableFuture<PollResult> mine = new CompletableFuture<>();
    boolean begins;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.completedFuture(PollResult.AWAY);
      }
      begins = asking.isEmpty();
      (begins ? asking : next).add(mine);
    }
    if (begins) {
      begin();
    }
    return mine;
  }

  /** Whether a look waits for the one under way; it will see what there is by then. */
  synchronized boolean isAskedAgain() {
    return !next.isEmpty();
  }

  private void begin() {
    Scheduler.Work started = scheduler.start("fluke-source", this::lookNow);
    synchronized (this) {
      work = started;
    }
  }

  private void lookNow() {
    PollResult came = PollResult.AWAY;
    try {
      News news = feed.poll();
      back();
      came = taken(news) ? PollResult.ADOPTED : PollResult.NOTHING_NEW;
    } catch (Throwable t) {
      away(t);
    }
    List<CompletableFuture<PollResult>> answered;
    boolean again;
    synchronized (this) {
      answered = new ArrayList<>(asking);
      asking.clear();
      (closed ? answered : asking).addAll(next);
      next.clear();
      again = !asking.isEmpty();
    }
    PollResult answer = came;
    answered.forEach(one -> one.complete(answer));
    if (again) {
      begin();
    }
  }

  private boolean taken(News news) {
    if (news instanceof News.Broken broken) {
      candidate = null;
      refuse(broken.id(), EventTypes.SOURCE_BROKEN, broken.errors());
      return false;
    }
    if (news instanceof News.Good good) {
      candidate = good.revision();
    }
    Revision revision = candidate;
    if (revision == null) {
      return false;
    }
    if (revision.manifest().tasks().isEmpty() && !names.isEmpty() && !source.allowsEmpty()) {
      refuse(
          revision.id(),
          EventTypes.SOURCE_EMPTIED,
          List.of(
              "it declares no task any more, and %d were there; if that is meant, call allowEmpty() on the source, or set allow_empty in a config"
                  .formatted(names.size())));
      return false;
    }
    List<String> against = all.adopt(this, revision);
    if (!against.isEmpty()) {
      refuse(revision.id(), EventTypes.SOURCE_BROKEN, against);
      return false;
    }
    candidate = null;
    return true;
  }

  /**
   * Takes a revision in force; called by the set of sources, which knows that nothing is against.
   */
  void take(Revision revision) {
    Revision before = inForce;
    names =
        revision.manifest().tasks().stream()
            .map(task -> SourceSet.key(task.name()))
            .collect(Collectors.toUnmodifiableSet());
    if (before == null) {
      firstNames = names;
    }
    refused = null;
    inForce = revision;
    since = scheduler.now();
    journal.tell(
        EventTypes.REVISION_ADOPTED,
        event -> EventFields.ofRevision(event, name(), before, revision));
    incidents.sourceGood(name(), revision.id());
  }

  /** Told once for each revision. */
  private void refuse(String revision, String event, List<String> because) {
    RejectedRevision before = refused;
    RejectedRevision now = new RejectedRevision(revision, because);
    refused = now;
    if (before == null || !before.id().equals(revision)) {
      journal.tell(event, told -> EventFields.ofRefusal(told, name(), revision, now.errors()));
      incidents.sourceBroken(name(), revision, now.errors());
    }
  }

  private void away(Throwable t) {
    String why = ErrorText.of(t);
    log.debug("source {}: out of reach", name(), t);
    if (away.isEmpty() && !closed()) {
      journal.tell(
          EventTypes.SOURCE_UNREACHABLE,
          event -> event.with("source", name()).with("message", why));
    }
    away = why;
    pace.failed(t instanceof SourceUnavailableException out ? out.retryAfter() : Optional.empty());
  }

  private void back() {
    answeredAt = scheduler.now();
    pace.answered();
    if (!away.isEmpty()) {
      away = "";
      journal.tell(EventTypes.SOURCE_RECOVERED, event -> event.with("source", name()));
    }
  }

  private synchronized boolean closed() {
    return closed;
  }

  /** Looks whenever it is time, from now on. */
  void startPolling(Runnable whenAdopted) {
    pace.start(
        () ->
            look()
                .thenAccept(
                    came -> {
                      if (came == PollResult.ADOPTED) {
                        whenAdopted.run();
                      }
                    }));
  }

  void stopPolling() {
    pace.stop();
  }

  SourceStatus status() {
    Optional<Revision> revision = inForce();
    RejectedRevision now = refused;
    String trouble = now == null ? "" : now.lastError();
    if (!away.isEmpty()) {
      trouble = "out of reach: " + away;
    }
    return new SourceStatus(
        name(),
        revision.map(Revision::id),
        revision.map(Revision::author).orElse(""),
        revision.map(Revision::subject).orElse(""),
        revision.flatMap(Revision::time),
        Optional.ofNullable(since),
        Optional.ofNullable(answeredAt),
        trouble,
        now == null ? List.of() : now.errors(),
        pace.nextTry());
  }

  void close() {
    Scheduler.Work running;
    synchronized (this) {
      closed = true;
      running = asking.isEmpty() ? null : work;
    }
    pace.stop();
    if (running != null) {
      running.interrupt();
    }
    feed.close();
  }
}
