package dev.fluke.reconcile.internal.revision;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All sources together: each has its own last good revision, and no two declare the same task. */
public final class SourceSet {
  private static final Logger log = LoggerFactory.getLogger(SourceSet.class);
  private static final Revision NONE = Revision.of("none", Manifest.empty());

  private final List<SourcePoller> pollers;
  private final LoopSettings settings;
  private final Scheduler scheduler;
  private final Function<Manifest, List<String>> missingSecrets;
  private final Consumer<Revision> adopted;
  private volatile Revision inForce = NONE;
  private volatile boolean known; // set after inForce

  /** Every reason why these sources can't be used, with the name of the source. */
  public static List<String> problems(List<ManifestSource> sources) {
    List<String> problems = new ArrayList<>();
    for (ManifestSource source : sources) {
      SourceDeclaration declared = SourceDeclaration.of(source);
      declared
          .problems()
          .forEach(problem -> problems.add("source %s: %s".formatted(declared.name(), problem)));
    }
    return problems;
  }

  /** The name of a source that reads YAML files; empty if none does. */
  public static Optional<String> readingYaml(List<ManifestSource> sources) {
    return sources.stream()
        .map(SourceDeclaration::of)
        .filter(SourceDeclaration::readsYaml)
        .map(SourceDeclaration::name)
        .findFirst();
  }

  /**
   * All sources, neither opened nor polled yet.
   *
   * @param missingSecrets gives an error for each secret that nobody supplies; may take long
   * @param adopted is called with the combined revision in force after each change, without a lock
   */
  public SourceSet(
      List<ManifestSource> sources,
      SourcePoller.Parts parts,
      Function<Manifest, List<String>> missingSecrets,
      Consumer<Revision> adopted) {
    this.settings = parts.settings();
    this.scheduler = parts.scheduler();
    this.missingSecrets = missingSecrets;
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
  private List<String> adopt(SourcePoller from, Revision revision) {
    Optional<Revision> before;
    List<String> missing = missingSecrets.apply(revision.manifest()); // without the lock
    synchronized (this) {
      List<String> against = against(from, revision);
      against.addAll(missing);
      if (!against.isEmpty()) {
        return against;
      }
      before = from.take(revision);
      inForce = together();
      known = pollers.stream().allMatch(poller -> poller.inForce().isPresent());
    }
    from.announce(before, revision);
    adopted.accept(inForce);
    return List.of();
  }

  private List<String> against(SourcePoller from, Revision revision) {
    List<String> against = new ArrayList<>(settings.alertingWithoutSink(revision.manifest()));
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

  /** Closes all sources at once, and waits for them at most as long as given. */
  public void close(Duration atMost) {
    Map<String, CompletableFuture<Void>> closing = new LinkedHashMap<>();
    pollers.forEach(poller -> closing.put(poller.name(), poller.close()));
    CompletableFuture<Void> all =
        CompletableFuture.allOf(closing.values().toArray(CompletableFuture<?>[]::new));
    try {
      scheduler.await(all, atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closing.forEach(
        (name, closed) -> {
          if (!closed.isDone()) {
            log.warn("source {} did not close in time; Fluke stops waiting for it", name);
          }
        });
  }
}
