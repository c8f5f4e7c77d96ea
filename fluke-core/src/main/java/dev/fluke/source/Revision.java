package dev.fluke.source;

import static java.util.Objects.requireNonNull;

import dev.fluke.manifest.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One state of a source, with the manifest it declares. Each option returns a new value; immutable.
 */
public final class Revision {
  private final String id;
  private final Manifest manifest;
  private final String author;
  private final String subject;
  private final @Nullable Instant time;
  private final List<String> remarks;

  private Revision(
      String id,
      Manifest manifest,
      String author,
      String subject,
      @Nullable Instant time,
      List<String> remarks) {
    this.id = requireNonNull(id, "id");
    this.manifest = requireNonNull(manifest, "manifest");
    this.author = requireNonNull(author, "author");
    this.subject = requireNonNull(subject, "subject");
    this.time = time;
    this.remarks = List.copyOf(remarks);
  }

  /**
   * A revision.
   *
   * @param id identifies it within its source, such as a commit id
   */
  public static Revision of(String id, Manifest manifest) {
    return new Revision(id, manifest, "", "", null, List.of());
  }

  /** The same revision, made by this person for this reason at this time. */
  public Revision madeBy(String person, String reason, Instant when) {
    return new Revision(id, manifest, person, reason, requireNonNull(when, "when"), remarks);
  }

  /** The same revision with these remarks, such as that it rewrites history or ignores files. */
  public Revision remarks(List<String> all) {
    return new Revision(id, manifest, author, subject, time, all);
  }

  /** Identifies it within its source. */
  public String id() {
    return id;
  }

  /** The manifest that it declares. */
  public Manifest manifest() {
    return manifest;
  }

  /** Who made it; empty if not known. */
  public String author() {
    return author;
  }

  /** Why it was made, in one line; empty if not known. */
  public String subject() {
    return subject;
  }

  /** When it was made, if that is known. */
  public Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  /** Remarks for people; unmodifiable. */
  public List<String> remarks() {
    return remarks;
  }

  /** Its id. */
  @Override
  public String toString() {
    return id;
  }
}
