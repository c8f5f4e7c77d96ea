package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.manifest.Manifest;

/** One state of a source, with the manifest it declares. Immutable. */
public final class Revision {
  private final String id;
  private final Manifest manifest;

  private Revision(String id, Manifest manifest) {
    this.id = id;
    this.manifest = manifest;
  }

  /**
   * A revision.
   *
   * @param id what tells it from others of its source, such as a commit id
   */
  public static Revision of(String id, Manifest manifest) {
    return new Revision(requireNonNull(id, "id"), requireNonNull(manifest, "manifest"));
  }

  /** What tells it from others of its source. */
  public String id() {
    return id;
  }

  /** What it declares. */
  public Manifest manifest() {
    return manifest;
  }

  /** Its id. */
  @Override
  public String toString() {
    return id;
  }
}
