package dev.fluke.executor;

import java.util.Optional;

/** The values that a step gives to the fields of its kind. Implemented by Fluke only. */
public interface Settings {

  /**
   * The value of a field that is required or has a default.
   *
   * @throws IllegalStateException if it is neither, and was not given
   */
  <T> T get(Field<T> field);

  /** The value of a field, or its default, if there is one of the two. */
  <T> Optional<T> find(Field<T> field);

  /**
   * The content of a file of the same revision.
   *
   * @param path relative to the file that the step stands in, or from the top if it begins with
   *     {@code /}
   * @throws IllegalArgumentException if there is no such file, or it is larger than 1 MiB
   */
  byte[] file(String path);
}
