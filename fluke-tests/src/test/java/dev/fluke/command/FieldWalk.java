package dev.fluke.command;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads all fields from an object on as serializers do, and finds where a text stands. */
final class FieldWalk {
  private final String wanted;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Place> open = new ArrayDeque<>();
  private final List<String> found = new ArrayList<>();

  private record Place(String path, Object value) {}

  private FieldWalk(String wanted) {
    this.wanted = wanted;
  }

  /** The paths of fields, transient ones excepted, that have the text. */
  static List<String> find(String wanted, Object from) throws IllegalAccessException {
    FieldWalk walk = new FieldWalk(wanted);
    walk.add(from.getClass().getSimpleName(), from);
    while (!walk.open.isEmpty()) {
      walk.visit(walk.open.pop());
    }
    return walk.found;
  }

  private void add(String path, @Nullable Object value) {
    if (value != null && seen.add(value)) {
      open.add(new Place(path, value));
    }
  }

  private void visit(Place place) throws IllegalAccessException {
    Object value = place.value;
    String path = place.path;
    if (value instanceof byte[] bytes) {
      note(path, new String(bytes, StandardCharsets.ISO_8859_1));
    } else if (value instanceof char[] chars) {
      note(path, String.valueOf(chars));
    } else if (value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++) {
        add(path + "[]", Array.get(value, i));
      }
    } else if (value instanceof Map<?, ?> map) {
      add(path + ".keys", List.copyOf(map.keySet()));
      add(path + ".values", new ArrayList<>(map.values()));
    } else if (value instanceof Collection<?> many) {
      many.forEach(each -> add(path + "[]", each));
    } else if (value instanceof Optional<?> some) {
      some.ifPresent(each -> add(path, each));
    } else if (value instanceof AtomicReference<?> reference) {
      add(path, reference.get());
    } else if (value instanceof CompletableFuture<?> future) {
      add(path, future.isDone() && !future.isCompletedExceptionally() ? future.join() : null);
    } else if (value.getClass().getName().startsWith("dev.fluke.")) {
      visitFields(path, value);
    } else if (value.getClass().getName().startsWith("java.")
        || value.getClass().getName().startsWith("sun.")) {
      note(path, value instanceof Thread ? "" : String.valueOf(value));
    }
  }

  private void visitFields(String path, Object value) throws IllegalAccessException {
    for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && type.getName().startsWith("dev.fluke.")) {
          field.setAccessible(true);
          add(path + "." + field.getName(), field.get(value));
        }
      }
    }
  }

  private void note(String path, String text) {
    if (text.contains(wanted)) {
      found.add(path);
    }
  }
}
