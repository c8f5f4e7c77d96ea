package dev.fluke.executor;

import java.util.Optional;

/** The values that a step gives to the fields of its kind. Only Fluke implements it. */
public interface Settings {

  /**
   * The value of a field, or its default.
   *
   * @throws IllegalStateException if the step does not give it, and it has no default
   */
  <T> T get(Field<T> field);

  /** The value of a field, or its default; empty if it has neither. */
  <T> Optional<T> find(Field<T> field);

  /**
   * The content of a file of the same revision.
   *
   * @param path relative to the file of the step; from the top of the source if it begins with
   *     {@code /}
   * @throws IllegalArgumentException if there is no such file, or it is larger than 1 MiB
   */
  byte[] file(String path);
}
