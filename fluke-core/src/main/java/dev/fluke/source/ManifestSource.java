package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where manifests come from. Users may implement it. An implementation is an immutable value that
 * opens a {@link Feed}. Its {@code toString()} names it in the status, so it must contain no
 * secret.
 */
public interface ManifestSource {

  /**
   * Begins to follow the source. Called at the first poll, on the thread of that poll; if it throws
   * or returns null, the source is unavailable, and the next poll calls it again.
   *
   * @param scheduler time and threads, if the feed needs them
   * @param reader reads manifest files, if the feed has any
   */
  Feed open(Scheduler scheduler, ManifestReader reader);

  /**
   * Every mistake in the declaration of the source; empty if there is none. {@code build()} of the
   * reconciler asks for it, and refuses a source that has any or throws.
   */
  default List<String> problems() {
    return List.of();
  }

  /** The time between two polls; the reconciler's poll interval if empty, which is the default. */
  default Optional<Duration> pollInterval() {
    return Optional.empty();
  }

  /**
   * Whether the reconciler adopts a revision without tasks although there were tasks before; false
   * unless overridden.
   */
  default boolean allowsEmpty() {
    return false;
  }

  /**
   * Whether its manifests come from YAML files, so that {@code build()} of the reconciler refuses
   * it if no kind of step is known; false unless overridden.
   */
  default boolean readsYaml() {
    return false;
  }

  /**
   * The same source, but the reconciler adopts its revisions also if they declare no task any more.
   * Without it, an emptied source leaves the last revision in force.
   */
  default ManifestSource allowEmpty() {
    return new AllowingEmpty(this);
  }

  /**
   * Revisions as they come. The reconciler polls it from one thread at a time, a thread of its own:
   * a feed that hangs delays nothing but itself.
   */
  interface Feed extends AutoCloseable {

    /**
     * Checks the source for a new revision. May block: after 30 s the status says so, after 10
     * minutes the source counts as unavailable, and after an hour the thread is interrupted. An
     * interrupt asks it to stop. Null counts as unavailable.
     *
     * @throws Exception if the source is unavailable: the revision in force stays in force; a
     *     {@link SourceUnavailableException} can say when to try again
     */
    News poll() throws Exception;

    /**
     * Ends it. Called once, on a thread of its own, for which the reconciler waits at most 5 s; a
     * poll that ignores its interrupt may still be under way. What it throws is logged.
     */
    @Override
    default void close() {}
  }

  /** What a poll of the source found. */
  sealed interface News {
    /** A new revision without mistakes. */
    record Good(Revision revision) implements News {}

    /**
     * A new revision with mistakes, of which nothing is adopted.
     *
     * @param id identifies the revision within its source
     * @param errors every mistake, for people, each on one line; at least one
     */
    record Broken(String id, List<String> errors) implements News {
      /** Copies the list. */
      public Broken {
        errors = List.copyOf(errors);
      }
    }

    /** Nothing has changed since the last poll. */
    record Unchanged() implements News {}
  }

  /** Always this manifest. */
  static ManifestSource of(Manifest manifest) {
    requireNonNull(manifest, "manifest");
    return supplied(() -> manifest);
  }

  /**
   * The manifests that {@code supplier} returns. The reconciler calls it at each poll; other
   * content than last time is a new revision, named {@code code-1}, {@code code-2} and so on. A
   * manifest that is built again with the same content is none; see {@link
   * dev.fluke.command.Digestible} for what can be compared. If the supplier throws or returns null,
   * the source counts as unavailable.
   */
  static ManifestSource supplied(Supplier<Manifest> supplier) {
    requireNonNull(supplier, "supplier");
    return new ManifestSource() {
      @Override
      public Feed open(Scheduler scheduler, ManifestReader reader) {
        SuppliedRevisions revisions = new SuppliedRevisions(supplier, scheduler);
        return () -> revisions.next().<News>map(News.Good::new).orElseGet(News.Unchanged::new);
      }

      @Override
      public String toString() {
        return "code";
      }
    };
  }
}
