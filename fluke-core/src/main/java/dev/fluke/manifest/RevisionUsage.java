package dev.fluke.manifest;

import dev.fluke.text.Limits;
import dev.fluke.yaml.internal.Problems;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** What the files of one revision have used of its {@link Limits}. For one thread. */
final class RevisionUsage {
  private static final String SMALLER = "name fewer or smaller files";
  private static final String SPLIT = "; split the revision into several sources";

  private long text;
  private long namedFiles;
  private int tasks;
  private int steps;

  /** Adds one task. */
  void task(Node place, Problems problems) {
    if (++tasks > Limits.TASKS) {
      throw problems.ended(
          place, "the revision has more than %,d tasks%s".formatted(Limits.TASKS, SPLIT));
    }
  }

  /** Adds one step. */
  void step(Node place, Problems problems) {
    if (namedFiles > Limits.NAMED_FILES_BYTES) {
      throw problems.ended(place, "from here on no step is read; " + SMALLER);
    }
    if (++steps > Limits.STEPS) {
      throw problems.ended(
          place, "the revision has more than %,d steps%s".formatted(Limits.STEPS, SPLIT));
    }
  }

  /** Adds the text of a value. */
  void text(int characters, Node place, String thing, Problems problems) {
    text += characters;
    if (text > Limits.TEXT) {
      throw problems.ended(
          place,
          "%s: the values of the revision have more than %d MiB of text, counted each time an alias or a local is used; shorten them or put text into files that steps name"
              .formatted(thing, Limits.TEXT / Limits.FILE_BYTES));
    }
  }

  /**
   * Adds a file that a step names.
   *
   * @throws IllegalArgumentException if that is too much
   */
  byte @Nullable [] namedFile(String path, byte @Nullable [] content) {
    namedFiles += content == null ? 0 : content.length;
    if (namedFiles > Limits.NAMED_FILES_BYTES) {
      throw new IllegalArgumentException(
          "with '%s', the files that steps name have more than %d MiB, counted each time one is named; %s"
              .formatted(path, Limits.NAMED_FILES_BYTES / Limits.FILE_BYTES, SMALLER));
    }
    return content;
  }
}
