package dev.fluke.reconcile.internal.memory;

import dev.fluke.command.internal.OpaqueValues;
import dev.fluke.command.internal.ValueDigest;
import org.jspecify.annotations.Nullable;

/**
 * What a task says should be, as a value that calls no code of the user: equal declarations mean
 * the same desired state. Comparing is cheap. Immutable.
 */
public record Declaration(ValueDigest digest) {

  /** Stands where no declaration can be had. */
  static final Declaration NONE = of(null);

  /** The declaration with this content. */
  public static Declaration of(@Nullable Object content) {
    return new Declaration(ValueDigest.of(content, new OpaqueValues().at("")));
  }
}
