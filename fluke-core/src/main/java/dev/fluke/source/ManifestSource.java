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
 * Where manifests come from. A value: it opens a feed and holds none. Users may implement it; its
 * {@code toString()} names it in the status, so it holds no secret.
 */
public interface ManifestSource {

  /**
   * Begins to follow the source.
   *
   * @param scheduler time and threads, if the feed needs them
   * @param reader reads manifest files, if the feed has any
   */
  Feed open(Scheduler scheduler, ManifestReader reader);

  /**
   * What is wrong with how it is declared; empty if nothing is. Asked once, when it is built in.
   */
  default List<String> problems() {
    return List.of();
  }

  /** The time between two looks; the reconciler's poll interval unless it has one of its own. */
  default Optional<Duration> pollInterval() {
    return Optional.empty();
  }

  /** Whether a revision without any task is to be obeyed where there were tasks before; false. */
  default boolean allowsEmpty() {
    return false;
  }

  /**
   * The same, but obeyed also when it declares nothing any more. Without it, an emptied source
   * leaves the last revision in force.
   */
  default ManifestSource allowEmpty() {
    return new AllowingEmpty(this);
  }

  /** Revisions as they come. Called by one thread at a time. */
  interface Feed extends AutoCloseable {

    /**
     * Looks for something new. May block; an interrupt asks it to stop.
     *
     * @throws Exception means that the source is out of reach: what is in force stays so; {@link
     *     OutOfReachException} can say when to try again
     */
    News poll() throws Exception;

    @Override
    default void close() {}
  }

  /** What a look at the source found. */
  sealed interface News {
    /** A new revision that is sound. */
    record Good(Revision revision) implements News {}

    /**
     * A new revision that is not sound: none of it is taken.
     *
     * @param id what tells the revision from others
     * @param errors all that is wrong, for people, each on one line; at least one
     */
    record Broken(String id, List<String> errors) implements News {
      /** Copies the list. */
      public Broken {
        errors = List.copyOf(errors);
      }
    }

    /** Nothing new since the last look. */
    record Unchanged() implements News {}
  }

  /** Always this manifest. */
  static ManifestSource of(Manifest manifest) {
    requireNonNull(manifest, "manifest");
    return supplied(() -> manifest);
  }

  /**
   * Whatever {@code supplier} gives: asked at each poll; another object than last time is a new
   * revision, named {@code code-1}, {@code code-2} and so on. What it throws means that the source
   * is out of reach.
   */
  static ManifestSource supplied(Supplier<Manifest> supplier) {
    return new SuppliedSource(requireNonNull(supplier, "supplier"));
  }
}
