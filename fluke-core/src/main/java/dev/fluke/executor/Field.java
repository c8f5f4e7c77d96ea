package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field of an {@link ExecutorKind}: its name, its type, and what it is for.
 *
 * <p>Each option returns a new field. Immutable, so safe for use by any thread. Fields that have
 * the same name are equal.
 *
 * @param <T> the Java type of its value
 */
public final class Field<T> {

  /** What may be written as its value. */
  public enum Type {
    /** Any text, kept as typed. */
    TEXT,
    /** One line of text that does not begin with a dash, so that no program reads an option. */
    NAME,
    /** An absolute path without {@code ..}. */
    PATH,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A time such as {@code 90s}, {@code 1m30s} or {@code 168h}; more than zero. */
    DURATION,
    /** One of a few words. */
    CHOICE,
    /** A mapping of names to texts. */
    TEXTS,
    /** Any text, or {@code { secret: NAME }}. */
    SECRET_OR_TEXT,
    /** A mapping of names to texts, of which each may be {@code { secret: NAME }} instead. */
    SECRETS_OR_TEXTS,
    /** A mapping with fields of its own. */
    GROUP
  }

  private final String name;
  private final Shape shape;
  private final String about;
  private final Default<T> unlessGiven;
  private final String ifWrong;

  /** What may be written as the value of a field. */
  private record Shape(
      Type type, boolean mayBeEmpty, List<String> choices, List<Field<?>> members) {
    static Shape of(Type type) {
      return new Shape(type, false, List.of(), List.of());
    }

    Shape orEmpty() {
      return new Shape(type, true, choices, members);
    }
  }

  /** What leaving a field out means: an error, a value, or what {@code text} says. */
  private record Default<T>(boolean required, @Nullable T value, String text) {
    static <T> Default<T> none() {
      return new Default<>(false, null, "");
    }
  }

  private Field(String name, Shape shape, String about, Default<T> unlessGiven, String ifWrong) {
    this.name = requireNonNull(name, "name");
    this.shape = shape;
    this.about = requireNonNull(about, "about");
    this.unlessGiven = unlessGiven;
    this.ifWrong = requireNonNull(ifWrong, "ifWrong");
  }

  private static <T> Field<T> of(String name, String about, Shape shape) {
    return new Field<>(name, shape, about, Default.none(), "");
  }

  private Field<T> with(Default<T> other) {
    return new Field<>(name, shape, about, other, ifWrong);
  }

  /** Creates a field of {@link Type#TEXT}. */
  public static Field<String> text(String name, String about) {
    return of(name, about, Shape.of(Type.TEXT));
  }

  /** Creates a field of {@link Type#NAME}. */
  public static Field<String> name(String name, String about) {
    return of(name, about, Shape.of(Type.NAME));
  }

  /** Creates a field of {@link Type#PATH}. */
  public static Field<String> path(String name, String about) {
    return of(name, about, Shape.of(Type.PATH));
  }

  /** Creates a field of {@link Type#FLAG}. */
  public static Field<Boolean> flag(String name, String about) {
    return of(name, about, Shape.of(Type.FLAG));
  }

  /** Creates a field of {@link Type#DURATION}. */
  public static Field<Duration> duration(String name, String about) {
    return of(name, about, Shape.of(Type.DURATION));
  }

  /** Creates a field of {@link Type#CHOICE} between these words. */
  public static Field<String> choice(String name, String about, String... words) {
    return of(name, about, new Shape(Type.CHOICE, false, List.of(words), List.of()));
  }

  /** Creates a field of {@link Type#TEXTS}. */
  public static Field<Map<String, String>> texts(String name, String about) {
    return of(name, about, Shape.of(Type.TEXTS));
  }

  /** Creates a field of {@link Type#SECRET_OR_TEXT}. */
  public static Field<SecretOrText> secretOrText(String name, String about) {
    return of(name, about, Shape.of(Type.SECRET_OR_TEXT));
  }

  /** Creates a field of {@link Type#SECRETS_OR_TEXTS}. */
  public static Field<Map<String, SecretOrText>> secretsOrTexts(String name, String about) {
    return of(name, about, Shape.of(Type.SECRETS_OR_TEXTS));
  }

  /** Creates a field of {@link Type#GROUP} that has these members. */
  public static Field<Settings> group(String name, String about, Field<?>... members) {
    return of(name, about, new Shape(Type.GROUP, false, List.of(), List.of(members)));
  }

  /** Makes it required. Fields are optional unless this is called; a default is dropped. */
  public Field<T> required() {
    return with(new Default<>(true, null, ""));
  }

  /** Gives it this value where a step leaves it out. */
  public Field<T> or(T value) {
    requireNonNull(value, "value");
    return with(new Default<>(false, value, value.toString()));
  }

  /**
   * Says what leaving it out means where that is not one value. The text is for the reference; it
   * changes nothing else.
   */
  public Field<T> unlessGiven(String meaning) {
    return with(new Default<>(false, null, meaning));
  }

  /** Lets a text be empty or blank. It is an error unless this is called. */
  public Field<T> orEmpty() {
    return new Field<>(name, shape.orEmpty(), about, unlessGiven, ifWrong);
  }

  /** Says what happens when a value has the right type and is still wrong; for the reference. */
  public Field<T> ifWrong(String meaning) {
    return new Field<>(name, shape, about, unlessGiven, meaning);
  }

  /** Its key. */
  public String name() {
    return name;
  }

  /** What it is for, in a phrase; never null. */
  public String about() {
    return about;
  }

  /** What may be written as its value. */
  public Type type() {
    return shape.type();
  }

  /** Whether a step must give it. */
  public boolean isRequired() {
    return unlessGiven.required();
  }

  /** Whether a text may be empty or blank. */
  public boolean mayBeEmpty() {
    return shape.mayBeEmpty();
  }

  /** The value that it has where a step leaves it out; empty if there is none. */
  public Optional<T> fallback() {
    return Optional.ofNullable(unlessGiven.value());
  }

  /** What happens when a value has the right type and is still wrong; empty if not said. */
  public String ifWrong() {
    return ifWrong;
  }

  /** What leaving it out means, in words; empty if it is required, or if not said. */
  public String defaultText() {
    return unlessGiven.text();
  }

  /** The words of a {@link Type#CHOICE}; unmodifiable, empty for other types. */
  public List<String> choices() {
    return shape.choices();
  }

  /** The fields of a {@link Type#GROUP}; unmodifiable, empty for other types. */
  public List<Field<?>> members() {
    return shape.members();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Field<?> field && field.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
