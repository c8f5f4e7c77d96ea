package dev.fluke.executor;

import java.util.List;

/**
 * The YAML side of an executor: its name, its fields, and how an executor comes of them. From the
 * fields come parsing, messages, the JSON Schema and the reference table.
 *
 * <p>Users implement it. It is found by {@link java.util.ServiceLoader} (name it in {@code
 * META-INF/services/dev.fluke.executor.ExecutorKind}; it needs a public constructor without
 * parameters) or given to {@code Reconciler.builder().kind(..)}. Must be stateless: threads share
 * it.
 */
public interface ExecutorKind {

  /** The key that a step has in YAML, such as {@code shell}; letters, digits, {@code _}. */
  String name();

  /** What it is for, in a sentence for the reference and for editors. */
  String about();

  /** Everything that may stand beside the key, in the order in which people should read it. */
  List<Field<?>> fields();

  /**
   * The executor that these values declare; the same as the Java way of declaring it would give.
   *
   * @param values those of {@link #fields}: required ones are there, all have the right type
   * @throws IllegalArgumentException if they don't fit together; the message is shown at the step
   */
  Executor read(Settings values);
}
