package dev.fluke.command.internal;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the components of a record through its accessors. */
final class RecordParts {
  private static final Logger log = LoggerFactory.getLogger(RecordParts.class);

  private RecordParts() {}

  /**
   * The components, in order; empty if one can't be read: its module is not open, or its accessor
   * throws.
   */
  static Optional<List<@Nullable Object>> of(Object value) {
    List<@Nullable Object> parts = new ArrayList<>();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Method accessor = component.getAccessor();
      try {
        if (!accessor.canAccess(value) && !accessor.trySetAccessible()) {
          return Optional.empty();
        }
        parts.add(accessor.invoke(value));
      } catch (Throwable t) { // also of the accessor itself, which is code of the user
        log.debug("{}: the accessor {} failed", value.getClass(), component.getName(), t);
        return Optional.empty();
      }
    }
    return Optional.of(Collections.unmodifiableList(parts));
  }

  /** Whether its author wrote an equals. The compiler makes its own final, which people don't. */
  static boolean hasOwnEquals(Class<?> type) {
    try {
      return !Modifier.isFinal(type.getMethod("equals", Object.class).getModifiers());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without equals", e);
    }
  }
}
