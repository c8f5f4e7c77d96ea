package dev.fluke.manifest;

import dev.fluke.executor.Field;
import dev.fluke.executor.Settings;
import dev.fluke.yaml.internal.Mapping;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** The values of the fields of one mapping. */
final class ReadSettings implements Settings {
  private final Map<String, Object> values;
  private final FileLookup files;

  private ReadSettings(Map<String, Object> values, FileLookup files) {
    this.values = values;
    this.files = files;
  }

  /** Returns the content of a file of the same revision. */
  interface FileLookup {
    byte[] content(String path);
  }

  /** Reads a group, which has only fields. */
  static @Nullable Settings of(
      List<Field<?>> fields, Mapping mapping, Node lacking, String thing, Values reader) {
    Map<String, Object> values = values(fields, mapping, lacking, thing, reader);
    mapping.nothingElse("field", fields.stream().map(Field::name).toList());
    return values == null || !mapping.isMapping() ? null : new ReadSettings(values, NO_FILES);
  }

  private static final FileLookup NO_FILES =
      path -> {
        throw new IllegalStateException("a group of fields has no files; ask the step's settings");
      };

  /**
   * Takes the values of these fields out of the mapping; null if one is invalid or missing.
   *
   * @param lacking the place of a problem about a missing field
   */
  static @Nullable Map<String, Object> values(
      Collection<Field<?>> fields, Mapping mapping, Node lacking, String thing, Values reader) {
    Map<String, Object> values = new HashMap<>();
    boolean good = true;
    for (Field<?> field : fields) {
      Mapping.Entry entry = mapping.take(field.name());
      Object value = null;
      if (entry != null) {
        value = reader.of(field, entry.value(), thing);
        good &= value != null;
      } else if (field.isRequired() && mapping.isMapping()) {
        reader
            .problems()
            .at(lacking, thing + ": '" + field.name() + "' is missing: " + field.about());
        good = false;
      } else {
        value = field.fallback().orElse(null);
      }
      if (value != null) {
        values.put(field.name(), value);
      }
    }
    return good ? values : null;
  }

  static ReadSettings of(Map<String, Object> values, FileLookup files) {
    return new ReadSettings(values, files);
  }

  @Override
  public <T> T get(Field<T> field) {
    return find(field)
        .orElseThrow(
            () -> new IllegalStateException("field '" + field + "' is neither given nor required"));
  }

  @Override
  @SuppressWarnings("unchecked") // the value was read by the type of this very field
  public <T> Optional<T> find(Field<T> field) {
    return Optional.ofNullable((T) values.get(field.name()));
  }

  @Override
  public byte[] file(String path) {
    return files.content(path);
  }
}
