package dev.fluke.reconcile.internal.memory;

import dev.fluke.command.Secret;
import dev.fluke.command.internal.OpaqueValues;
import dev.fluke.command.internal.ValueDigest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a task says should be, as a value that calls no code of the user: equal declarations mean
 * the same desired state. Comparing is cheap. Immutable.
 *
 * @param secretNames the names of its secrets that a secret source supplies
 */
public record Declaration(ValueDigest digest, Set<String> secretNames) {

  /** Stands where no declaration can be had. */
  static final Declaration NONE = of(null);

  /** The declaration with this content. */
  public static Declaration of(@Nullable Object content) {
    return new Declaration(ValueDigest.of(content, new OpaqueValues().at("")), Set.of());
  }

  /** The same content, in which secrets have these names and no values yet. */
  Declaration naming(Set<String> secrets) {
    return new Declaration(digest, Set.copyOf(secrets));
  }

  /** The same, with the values of its secrets: with other values, it is another declaration. */
  Declaration supplied(Map<String, Secret> values) {
    return new Declaration(of(List.of(digest, values)).digest, secretNames);
  }
}
