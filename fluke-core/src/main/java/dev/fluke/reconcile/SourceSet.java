package dev.fluke.reconcile;

import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** All sources together: each has its own last good revision, and no two declare the same task. */
final class SourceSet {
  private static final Revision NONE = Revision.of("none", Manifest.empty());

  private final List<SourcePoller> followers = new ArrayList<>();
  private final LoopSettings settings;
  private final Consumer<Revision> adopted;
  private volatile Revision inForce = NONE;
  private volatile boolean known; // and in force: set after that

  SourceSet(
      List<ManifestSource> sources,
      ManifestReader reader,
      LoopSettings settings,
      EventRecorder journal,
      IncidentTracker incidents,
      Consumer<Revision> adopted) {
    this.settings = settings;
    this.adopted = adopted;
    for (ManifestSource source : sources) {
      followers.add(new SourcePoller(source, reader, settings, journal, incidents, this));
    }
  }

  /** What all of them declare; its id names the revision of each. */
  Revision inForce() {
    return inForce;
  }

  /** Whether each of them has given a revision. */
  boolean areKnown() {
    return known;
  }

  boolean hasNone() {
    return followers.stream().allMatch(follower -> follower.inForce().isEmpty());
  }

  /** Whether the task came with a later revision of its source than the first. */
  boolean isNew(String task) {
    return followers.stream()
        .filter(follower -> follower.declares(task))
        .anyMatch(follower -> follower.isNew(task));
  }

  /** The name of the source that declares a task; empty if none does any more. */
  String declaring(String task) {
    return followers.stream()
        .filter(follower -> follower.declares(task))
        .findFirst()
        .map(SourcePoller::name)
        .orElse("");
  }

  /**
   * What came of a look at all of them.
   *
   * @param adopted whether a new revision is in force
   * @param notes what to tell of those whose newest revision is not the one in force
   */
  record Looked(boolean adopted, List<String> notes) {}

  /** Looks for news at all of them, at once; the future never fails. */
  CompletableFuture<Looked> look() {
    return look(followers);
  }

  /** The same, for nobody who waits: not where a look waits to begin already. */
  CompletableFuture<Looked> poll() {
    return look(followers.stream().filter(follower -> !follower.isAskedAgain()).toList());
  }

  private CompletableFuture<Looked> look(List<SourcePoller> some) {
    List<CompletableFuture<PollResult>> looks = some.stream().map(SourcePoller::look).toList();
    return CompletableFuture.allOf(looks.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                new Looked(
                    looks.stream().anyMatch(look -> look.join() == PollResult.ADOPTED),
                    notes(false)));
  }

  /** What to tell if nobody waits any longer for those that are being asked. */
  Looked unanswered() {
    return new Looked(false, notes(true));
  }

  private List<String> notes(boolean askedTooLong) {
    return followers.stream()
        .map(follower -> follower.note(askedTooLong))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Looks at each when its time has come, from now on. */
  void startPolling(Runnable whenAdopted) {
    followers.forEach(follower -> follower.startPolling(whenAdopted));
  }

  void stopPolling() {
    followers.forEach(SourcePoller::stopPolling);
  }

  /**
   * Takes a revision of one of them in force, unless another declares a task of the same name.
   *
   * @return what stands against it; empty if it is in force now
   */
  synchronized List<String> adopt(SourcePoller from, Revision revision) {
    List<String> against = new ArrayList<>();
    if (settings.routes().isEmpty()) {
      against.addAll(tellingNobody(revision.manifest()));
    }
    for (SourcePoller other : followers) {
      if (other != from) {
        for (Task task : revision.manifest().tasks()) {
          if (other.declares(task.name())) {
            against.add(
                "task '"
                    + task.name()
                    + "': the source "
                    + other.name()
                    + " declares it, too; task names are unique across sources, case aside");
          }
        }
      }
    }
    if (against.isEmpty()) {
      from.take(revision);
      inForce = together();
      known = followers.stream().allMatch(follower -> follower.inForce().isPresent());
      adopted.accept(inForce);
    }
    return against;
  }

  /** The tasks whose policy tells, where there is nobody to tell. */
  static List<String> tellingNobody(Manifest manifest) {
    List<String> against = new ArrayList<>();
    for (Task task : manifest.tasks()) {
      task.policy()
          .filter(DriftPolicy::alerts)
          .ifPresent(policy -> against.add("task '" + task.name() + "': " + policy.needsSink()));
    }
    return against;
  }

  private Revision together() {
    List<Revision> all =
        followers.stream().map(SourcePoller::inForce).flatMap(Optional::stream).toList();
    if (all.size() == 1) {
      return all.get(0);
    }
    List<Task> tasks = all.stream().flatMap(each -> each.manifest().tasks().stream()).toList();
    return Revision.of(
        all.stream().map(Revision::id).collect(Collectors.joining("+")), Manifest.of(tasks));
  }

  static String key(String task) {
    return task.toLowerCase(Locale.ROOT);
  }

  List<SourceStatus> status() {
    return followers.stream().map(SourcePoller::status).toList();
  }

  void close() {
    followers.forEach(SourcePoller::close);
  }
}
