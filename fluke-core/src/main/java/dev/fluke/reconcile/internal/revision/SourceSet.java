package dev.fluke.reconcile.internal.revision;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All sources together: each has its own last good revision, and no two declare the same task. */
public final class SourceSet {
  private static final Revision NONE = Revision.of("none", Manifest.empty());

  private final List<SourcePoller> pollers;
  private final boolean hasSink;
  private final Consumer<Revision> adopted;
  private volatile Revision inForce = NONE;
  private volatile boolean known; // set after inForce

  /**
   * Opens all sources.
   *
   * @param adopted is called with each combined revision once it is in force
   */
  public SourceSet(
      List<ManifestSource> sources, SourcePoller.Parts parts, Consumer<Revision> adopted) {
    this.hasSink = !parts.settings().outlets().routes().isEmpty();
    this.adopted = adopted;
    this.pollers =
        sources.stream().map(source -> new SourcePoller(source, parts, this::adopt)).toList();
  }

  /** The tasks of all sources together; its id joins the ids of their revisions. */
  public Revision inForce() {
    return inForce;
  }

  /** Whether every source has given a good revision. */
  public boolean areKnown() {
    return known;
  }

  public boolean hasNone() {
    return pollers.stream().allMatch(poller -> poller.inForce().isEmpty());
  }

  /** Whether the task came with a later revision of its source than the first. */
  public boolean isNew(String task) {
    return pollers.stream()
        .filter(poller -> poller.declares(task))
        .anyMatch(poller -> poller.isNew(task));
  }

  /** The name of the source that declares a task; empty if none does any more. */
  public String declaring(String task) {
    return pollers.stream()
        .filter(poller -> poller.declares(task))
        .findFirst()
        .map(SourcePoller::name)
        .orElse("");
  }

  /**
   * The result of a poll of several sources.
   *
   * @param adopted whether a new revision is in force
   * @param notes for reports: a note for each source whose newest revision is not in force
   */
  public record Polled(boolean adopted, List<String> notes) {}

  /** Polls all sources in parallel; the future never fails. */
  public CompletableFuture<Polled> poll() {
    return poll(pollers);
  }

  /** As {@link #poll()}, without sources for which another poll waits already. */
  public CompletableFuture<Polled> pollInPassing() {
    return poll(pollers.stream().filter(poller -> !poller.isPollWaiting()).toList());
  }

  private CompletableFuture<Polled> poll(List<SourcePoller> some) {
    List<CompletableFuture<PollResult>> polls = some.stream().map(SourcePoller::poll).toList();
    return CompletableFuture.allOf(polls.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                new Polled(
                    polls.stream().anyMatch(poll -> poll.join() == PollResult.ADOPTED),
                    notes(false)));
  }

  /** The result for a caller that stops waiting for polls under way. */
  public Polled unanswered() {
    return new Polled(false, notes(true));
  }

  private List<String> notes(boolean askedTooLong) {
    return pollers.stream()
        .map(poller -> poller.note(askedTooLong))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Starts polling each source on its schedule. */
  public void startPolling(Runnable whenAdopted) {
    pollers.forEach(poller -> poller.startPolling(whenAdopted));
  }

  public void stopPolling() {
    pollers.forEach(SourcePoller::stopPolling);
  }

  /**
   * Adopts a revision of one source, unless another source declares a task of the same name.
   *
   * @return the reasons against it; empty if it is in force now
   */
  private synchronized List<String> adopt(SourcePoller from, Revision revision) {
    List<String> against = new ArrayList<>();
    if (!hasSink) {
      against.addAll(alertingWithoutSink(revision.manifest()));
    }
    for (SourcePoller other : pollers) {
      if (other != from) {
        for (Task task : revision.manifest().tasks()) {
          if (other.declares(task.name())) {
            against.add(
                "task '%s': the source %s declares it, too; task names are unique across sources, case aside"
                    .formatted(task.name(), other.name()));
          }
        }
      }
    }
    if (against.isEmpty()) {
      from.take(revision);
      inForce = together();
      known = pollers.stream().allMatch(poller -> poller.inForce().isPresent());
      adopted.accept(inForce);
    }
    return against;
  }

  /** The tasks whose policy alerts, where no sink is configured. */
  public static List<String> alertingWithoutSink(Manifest manifest) {
    List<String> against = new ArrayList<>();
    for (Task task : manifest.tasks()) {
      task.policy()
          .filter(DriftPolicy::alerts)
          .ifPresent(
              policy -> against.add("task '%s': %s".formatted(task.name(), policy.needsSink())));
    }
    return against;
  }

  private Revision together() {
    List<Revision> all =
        pollers.stream().map(SourcePoller::inForce).flatMap(Optional::stream).toList();
    if (all.size() == 1) {
      return all.get(0);
    }
    List<Task> tasks = all.stream().flatMap(each -> each.manifest().tasks().stream()).toList();
    return Revision.of(
        all.stream().map(Revision::id).collect(Collectors.joining("+")), Manifest.of(tasks));
  }

  public List<SourceStatus> status() {
    return pollers.stream().map(SourcePoller::status).toList();
  }

  public void close() {
    pollers.forEach(SourcePoller::close);
  }
}
