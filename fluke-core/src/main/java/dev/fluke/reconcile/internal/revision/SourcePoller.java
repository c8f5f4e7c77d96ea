package dev.fluke.reconcile.internal.revision;

import dev.fluke.event.EventTypes;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.reconcile.internal.incident.IncidentTracker;
import dev.fluke.reconcile.internal.record.EventFields;
import dev.fluke.reconcile.internal.record.EventRecorder;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Library;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one source and keeps its last good revision. A source that is broken or unavailable changes
 * nothing but its own status.
 */
public final class SourcePoller {
  private static final Logger log = LoggerFactory.getLogger(SourcePoller.class);
  private static final Duration LONGEST_POLL = Duration.ofHours(1);

  private final SourceDeclaration source;
  private final SourceFeed feed;
  private final SourceAvailability availability;
  private final Scheduler scheduler;
  private final EventRecorder recorder;
  private final IncidentTracker incidents;
  private final BiFunction<SourcePoller, Revision, List<String>> adopt;
  private final PollSchedule schedule;
  private final SharedCall<PollResult> polls;
  private volatile @Nullable Revision inForce;
  private volatile Set<String> names = Set.of();
  private volatile Set<String> firstNames = Set.of();
  private volatile @Nullable Instant since;
  private volatile @Nullable RejectedRevision rejected;
  private @Nullable Revision candidate;

  /** What all pollers share. */
  public record Parts(
      LoopSettings settings,
      Scheduler scheduler,
      ManifestReader reader,
      EventRecorder recorder,
      IncidentTracker incidents) {}

  /**
   * A source that is neither opened nor polled yet.
   *
   * @param adopt adopts a revision by calling {@link #take}, or returns the reasons against it
   */
  public SourcePoller(
      ManifestSource source, Parts parts, BiFunction<SourcePoller, Revision, List<String>> adopt) {
    this.source = SourceDeclaration.of(source);
    this.scheduler = parts.scheduler();
    this.recorder = parts.recorder();
    this.incidents = parts.incidents();
    this.adopt = adopt;
    this.feed = new SourceFeed(source, scheduler, parts.reader());
    this.availability = new SourceAvailability(name(), scheduler, recorder);
    Duration interval = parts.settings().times().pollInterval();
    this.schedule = new PollSchedule(scheduler, this.source.interval().orElse(interval));
    this.polls = new SharedCall<>(scheduler, "fluke-source", this::pollNow, this::failed);
  }

  public String name() {
    return source.name();
  }

  public Optional<Revision> inForce() {
    return Optional.ofNullable(inForce);
  }

  public boolean declares(String task) {
    return names.contains(TaskNames.key(task));
  }

  /** Whether the task came with a later revision than the first. */
  public boolean isNew(String task) {
    return !firstNames.contains(TaskNames.key(task));
  }

  /**
   * Why the newest revision is not in force, for reports; empty if it is.
   *
   * @param askedTooLong whether a poll under way counts as unavailable
   */
  public Optional<String> note(boolean askedTooLong) {
    RejectedRevision now = rejected;
    String why = availability.why();
    String because = now == null ? "" : ": " + now.inShort();
    if (!why.isEmpty() || (askedTooLong && polls.isUnderWay())) {
      because = " is " + availability.word() + (why.isEmpty() ? "" : ": " + why) + because;
    }
    if (because.isEmpty()) {
      return Optional.empty();
    }
    String revision = inForce().map(Revision::id).orElse("none");
    return Optional.of("the source %s%s; this is revision %s".formatted(name(), because, revision));
  }

  /** Polls the source; a poll under way may have missed the newest, so one more follows it. */
  public CompletableFuture<PollResult> poll() {
    return polls.ask();
  }

  /** Whether one more poll waits for the one under way. */
  public boolean isPollWaiting() {
    return polls.isWaiting();
  }

  private PollResult pollNow() {
    try {
      News news = pollFeed();
      availability.answered();
      schedule.answered();
      return took(news) ? PollResult.ADOPTED : PollResult.NOTHING_NEW;
    } catch (Throwable t) {
      return failed(t);
    }
  }

  private News pollFeed() throws Exception {
    availability.pollBegan();
    Scheduler.Timer silence =
        scheduler.after(
            SourceAvailability.LONG_SILENCE,
            () -> scheduler.start("fluke-source", availability::reportLongSilence));
    Scheduler.Timer limit = scheduler.after(LONGEST_POLL, polls::interrupt);
    try {
      return feed.poll();
    } finally {
      silence.cancel();
      limit.cancel();
      availability.pollEnded();
    }
  }

  private boolean took(News news) {
    if (news instanceof News.Broken broken) {
      candidate = null;
      reject(EventTypes.SOURCE_BROKEN, new RejectedRevision(broken.id(), broken.errors()));
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
      String why =
          "it declares no task any more, and %d were there; if that is meant, call allowEmpty() on the source, or set allow_empty in a config"
              .formatted(names.size());
      reject(EventTypes.SOURCE_EMPTIED, new RejectedRevision(revision.id(), List.of(why)));
      return false;
    }
    List<String> against = adopt.apply(this, revision);
    if (!against.isEmpty()) {
      reject(EventTypes.SOURCE_BROKEN, new RejectedRevision(revision.id(), against));
      return false;
    }
    candidate = null;
    return true;
  }

  /**
   * Puts a revision in force; {@link #announce} says so.
   *
   * @return the revision that was in force
   */
  public Optional<Revision> take(Revision revision) {
    Revision before = inForce;
    names =
        revision.manifest().tasks().stream()
            .map(task -> TaskNames.key(task.name()))
            .collect(Collectors.toUnmodifiableSet());
    if (before == null) {
      firstNames = names;
    }
    rejected = null;
    inForce = revision;
    since = scheduler.now();
    return Optional.ofNullable(before);
  }

  /** Publishes that a revision is in force. To be called without a lock. */
  public void announce(Optional<Revision> before, Revision revision) {
    recorder.publish(
        EventTypes.REVISION_ADOPTED,
        event -> EventFields.ofRevision(event, name(), before.orElse(null), revision));
    incidents.sourceGood(name(), revision.id());
  }

  /** Publishes each rejected revision once. */
  private void reject(String type, RejectedRevision found) {
    RejectedRevision before = rejected;
    RejectedRevision revision =
        new RejectedRevision(
            found.id(), found.errors().stream().map(recorder.mask()::hide).toList());
    rejected = revision;
    if (before == null || !before.id().equals(revision.id())) {
      recorder.publish(
          type, event -> EventFields.ofRefusal(event, name(), revision.id(), revision.errors()));
      incidents.sourceBroken(name(), revision.id(), revision.errors());
    }
  }

  private PollResult failed(Throwable t) {
    log.debug("source {}: unavailable", name(), ErrorText.masked(t, recorder.mask()::hide));
    Library.warnOnce("source " + name(), t, recorder.mask()::hide);
    boolean lacksLibrary = Library.problemBehind(t).isPresent();
    availability.failed(ErrorText.of(t, recorder.mask()::hide), lacksLibrary, !polls.isClosed());
    schedule.failed(
        t instanceof SourceUnavailableException out ? out.retryAfter() : Optional.empty());
    return PollResult.UNAVAILABLE;
  }

  /** Starts polling on schedule. */
  public void startPolling(Runnable whenAdopted) {
    schedule.start(
        () ->
            poll()
                .thenAccept(
                    result -> {
                      if (result == PollResult.ADOPTED) {
                        whenAdopted.run();
                      }
                    }));
  }

  public void stopPolling() {
    schedule.stop();
  }

  public SourceStatus status() {
    Optional<Revision> revision = inForce();
    RejectedRevision now = rejected;
    String lastError = availability.lastError();
    if (lastError.isEmpty() && now != null) {
      lastError = now.lastError();
    }
    return new SourceStatus(
        name(),
        revision.map(Revision::id),
        revision.map(Revision::author).orElse(""),
        revision.map(Revision::subject).orElse(""),
        revision.flatMap(Revision::time),
        Optional.ofNullable(since),
        availability.answeredAt(),
        lastError,
        now == null ? List.of() : now.errors(),
        schedule.nextTry());
  }

  /**
   * Ends polling, and closes the source on a thread of its own.
   *
   * @return done once the source is closed
   */
  public CompletableFuture<Void> close() {
    schedule.stop();
    polls.close(PollResult.UNAVAILABLE);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    scheduler.start("fluke-source", () -> closeFeed(closed));
    return closed;
  }

  private void closeFeed(CompletableFuture<Void> closed) {
    try {
      feed.close();
    } catch (Throwable t) {
      log.warn("source {} failed to close: {}", name(), ErrorText.of(t, recorder.mask()::hide));
      log.debug("source {}", name(), ErrorText.masked(t, recorder.mask()::hide));
    } finally {
      closed.complete(null);
    }
  }
}
