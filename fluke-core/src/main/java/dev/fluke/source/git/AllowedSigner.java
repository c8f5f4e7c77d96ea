package dev.fluke.source.git;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an allowed signers file.
 *
 * @param place file and line, for messages
 * @param namespaces what the key may sign for; empty for everything
 * @param after the first instant at which the key counts; empty for always
 * @param before the last instant at which the key counts; empty for always
 */
record AllowedSigner(
    String place,
    SshPatterns principals,
    Optional<SshPatterns> namespaces,
    Optional<Instant> after,
    Optional<Instant> before,
    SshKey key) {

  /** Whether this line is for the key; it may still not allow it. */
  boolean isFor(SshKey other) {
    return key.equals(other);
  }

  /** Why the line does not count at this time; empty if it does. Both ends are inside. */
  Optional<String> outside(Instant time) {
    if (after.isPresent() && time.isBefore(after.get())) {
      return Optional.of("%s allows its key from %s".formatted(place, after.get()));
    }
    if (before.isPresent() && time.isAfter(before.get())) {
      return Optional.of("%s allows its key until %s".formatted(place, before.get()));
    }
    return Optional.empty();
  }

  boolean allows(String namespace) {
    return namespaces.isEmpty() || namespaces.get().match(namespace);
  }
}
