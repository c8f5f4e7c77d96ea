package dev.fluke.command.internal;

/** Says that a value has no digest, and the way out. */
final class OpaqueWarning {
  private static final String LAMBDA = "$$Lambda";

  private OpaqueWarning() {}

  /**
   * The warning.
   *
   * @param whole what the value is a part of
   */
  static String of(String whole, Class<?> type) {
    String way =
        hasEquals(type)
            ? "Fluke compares it by equals(), in this process only"
            : "without equals(), it counts as changed whenever it is another object";
    return "%s contains %s: %s; make it a record of plain values, or implement Digestible"
        .formatted(whole, nameOf(type), way);
  }

  /** Whether the class has an {@code equals} of its own. */
  static boolean hasEquals(Class<?> type) {
    try {
      return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static String nameOf(Class<?> type) {
    String name = type.getName();
    int lambda = name.indexOf(LAMBDA);
    return lambda < 0 ? "a " + name : "a lambda of " + name.substring(0, lambda);
  }
}
