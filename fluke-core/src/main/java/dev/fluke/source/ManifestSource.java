package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.manifest.Manifest;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.function.Supplier;

/** Where manifests come from. A value: it opens a feed and holds none. Users may implement it. */
public interface ManifestSource {

  /**
   * Begins to follow the source.
   *
   * @param scheduler time and threads, if the feed needs them
   */
  Feed open(Scheduler scheduler);

  /** Revisions as they come. Called by one thread at a time. */
  interface Feed extends AutoCloseable {

    /**
     * Looks for something new. May block; an interrupt asks it to stop.
     *
     * @throws Exception means that the source is out of reach: what is in force stays so
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
