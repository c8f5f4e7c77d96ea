package dev.fluke.command;

import org.jspecify.annotations.Nullable;

/**
 * A value that says what it consists of, so that Fluke can tell whether two of them declare the
 * same. Users implement it for classes whose parts Fluke can't read by itself, such as an executor
 * or a transport that is not a record.
 *
 * <p>Of two values that are the same, Fluke may keep the one that it has and drop the other. Two
 * values are the same if they have the same class and the same parts in the same order. A part is
 * null, a text, number, boolean, enum constant, a value of {@code java.time}, a {@code Path},
 * {@code URI}, {@code Optional}, array, collection, map, record, {@link Secret}, {@link Command},
 * or digestible itself. The order of a set or map does not count. Fluke compares any other part by
 * {@code equals}, within this process, and warns about it.
 *
 * <pre>{@code
 * public final class Certificate implements Executor, Digestible {
 *   public void digestInto(Digest into) {
 *     into.add(domain).add(lifetime).add(password);
 *   }
 * }
 * }</pre>
 */
public interface Digestible {

  /**
   * Adds all parts that make a difference, in an order that is always the same. Leave out caches,
   * clients and counters. Called from Fluke's threads, more than once, without a lock.
   *
   * @param into takes the parts during this call only
   */
  void digestInto(Digest into);

  /** Takes the parts of a value. Implemented by Fluke only; for use by one thread. */
  interface Digest {

    /**
     * Adds a part.
     *
     * @return this
     * @throws IllegalArgumentException if the part contains itself, or is nested more than 100 deep
     */
    Digest add(@Nullable Object part);
  }
}
