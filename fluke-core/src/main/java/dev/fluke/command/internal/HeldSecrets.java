package dev.fluke.command.internal;

import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the secrets at hand that a value consists of, such as a transport or a sink. */
public final class HeldSecrets implements Digestible.Digest {
  private static final int DEEPEST = 20;
  private static final int MOST_PARTS = 10_000;

  private final List<Secret> found = new ArrayList<>();
  private int depth;
  private int parts;

  private HeldSecrets() {}

  /**
   * The secrets of a value that is {@link Digestible}; none of another, and none that would have to
   * be fetched. Calls {@code digestInto(..)}, which may throw.
   */
  public static List<Secret> of(@Nullable Object value) {
    HeldSecrets all = new HeldSecrets();
    if (value instanceof Digestible digestible) {
      digestible.digestInto(all);
    }
    return List.copyOf(all.found);
  }

  @Override
  public Digestible.Digest add(@Nullable Object part) {
    if (part == null || depth >= DEEPEST || ++parts > MOST_PARTS) {
      return this;
    }
    depth++;
    try {
      look(part);
    } finally {
      depth--;
    }
    return this;
  }

  private void look(Object part) {
    if (part instanceof Secret secret) {
      if (secret.isAtHand()) {
        found.add(secret);
      }
    } else if (part instanceof Digestible digestible) {
      digestible.digestInto(this);
    } else if (part instanceof Collection<?> all) {
      all.forEach(this::add);
    } else if (part instanceof Map<?, ?> map) {
      map.values().forEach(this::add);
    } else if (part instanceof Optional<?> optional) {
      optional.ifPresent(this::add);
    } else if (part.getClass().isRecord()) {
      RecordParts.of(part).ifPresent(components -> components.forEach(this::add));
    }
  }
}
