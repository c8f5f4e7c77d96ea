package dev.fluke.executor;

import java.util.List;

/**
 * The YAML side of an executor: its name, its fields, and how they make an executor. Fluke derives
 * from the fields the parser, its messages, the JSON Schema and the reference table.
 *
 * <p>Users implement it. {@link java.util.ServiceLoader} finds it if {@code
 * META-INF/services/dev.fluke.executor.ExecutorKind} names it; it then needs a public constructor
 * without parameters. Or pass it to {@code Reconciler.builder().kind(..)}. Threads share it, so
 * keep no state in it.
 */
public interface ExecutorKind {

  /** The key that a step has in YAML, such as {@code shell}; letters, digits, {@code _}. */
  String name();

  /** What it is for, in one sentence for the reference and for editors. */
  String about();

  /** The fields that a step may have beside the key, in the order for readers. */
  List<Field<?>> fields();

  /**
   * Creates the executor that these values declare.
   *
   * @param values of {@link #fields}: the required ones are there, and all have the right type
   * @throws IllegalArgumentException if they don't fit together; people see the message at the step
   */
  Executor read(Settings values);
}
