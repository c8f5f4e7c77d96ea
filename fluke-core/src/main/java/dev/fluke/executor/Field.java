package dev.fluke.executor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field of an {@link ExecutorKind}: its name, its type, and what it is for. Each option returns
 * a new value; immutable. Two fields are the same if their names are.
 *
 * @param <T> what its value is in Java
 */
public final class Field<T> {

  /** What may be written as its value. */
  public enum Type {
    /** Any text, as it was typed. */
    TEXT,
    /** Text of one line that no program takes for an option: it does not begin with a dash. */
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
    /** A mapping with fields of its own. */
    GROUP
  }

  private final String name;
  private final String about;
  private final Type type;
  private final boolean required;
  private final @Nullable T fallback;
  private final String defaultText;
  private final List<String> choices;
  private final List<Field<?>> members;
  private final boolean mayBeEmpty;
  private final String ifWrong;

  private Field(
      String name,
      String about,
      Type type,
      boolean required,
      @Nullable T fallback,
      String defaultText,
      List<String> choices,
      List<Field<?>> members,
      boolean mayBeEmpty,
      String ifWrong) {
    this.name = requireNonNull(name, "name");
    this.about = requireNonNull(about, "about");
    this.type = type;
    this.required = required;
    this.fallback = fallback;
    this.defaultText = defaultText;
    this.choices = List.copyOf(choices);
    this.members = List.copyOf(members);
    this.mayBeEmpty = mayBeEmpty;
    this.ifWrong = requireNonNull(ifWrong, "ifWrong");
  }

  private static <T> Field<T> of(String name, String about, Type type) {
    return new Field<>(name, about, type, false, null, "", List.of(), List.of(), false, "");
  }

  /** A field of {@link Type#TEXT}. */
  public static Field<String> text(String name, String about) {
    return of(name, about, Type.TEXT);
  }

  /** A field of {@link Type#NAME}. */
  public static Field<String> name(String name, String about) {
    return of(name, about, Type.NAME);
  }

  /** A field of {@link Type#PATH}. */
  public static Field<String> path(String name, String about) {
    return of(name, about, Type.PATH);
  }

  /** A field of {@link Type#FLAG}. */
  public static Field<Boolean> flag(String name, String about) {
    return of(name, about, Type.FLAG);
  }

  /** A field of {@link Type#DURATION}. */
  public static Field<Duration> duration(String name, String about) {
    return of(name, about, Type.DURATION);
  }

  /** A field of {@link Type#CHOICE} between these words. */
  public static Field<String> choice(String name, String about, String... words) {
    return new Field<>(
        name, about, Type.CHOICE, false, null, "", List.of(words), List.of(), false, "");
  }

  /** A field of {@link Type#TEXTS}. */
  public static Field<Map<String, String>> texts(String name, String about) {
    return of(name, about, Type.TEXTS);
  }

  /** A field of {@link Type#GROUP}, with these members. */
  public static Field<Settings> group(String name, String about, Field<?>... members) {
    return new Field<>(
        name, about, Type.GROUP, false, null, "", List.of(), List.of(members), false, "");
  }

  /** It must be given. */
  public Field<T> required() {
    return new Field<>(name, about, type, true, null, "", choices, members, mayBeEmpty, ifWrong);
  }

  /** It has this value unless given. */
  public Field<T> or(T value) {
    return new Field<>(
        name,
        about,
        type,
        false,
        requireNonNull(value, "value"),
        value.toString(),
        choices,
        members,
        mayBeEmpty,
        ifWrong);
  }

  /** It may be left out, which then means this; for the reference. */
  public Field<T> unlessGiven(String meaning) {
    return new Field<>(
        name, about, type, false, null, meaning, choices, members, mayBeEmpty, ifWrong);
  }

  /** A text may also be empty or blank, which is an error otherwise. */
  public Field<T> orEmpty() {
    return new Field<>(
        name, about, type, required, fallback, defaultText, choices, members, true, ifWrong);
  }

  /** What a value means that has the right type and is wrong nevertheless; for the reference. */
  public Field<T> ifWrong(String meaning) {
    return new Field<>(
        name, about, type, required, fallback, defaultText, choices, members, mayBeEmpty, meaning);
  }

  /** Its key. */
  public String name() {
    return name;
  }

  /** What it is for, in a phrase. */
  public String about() {
    return about;
  }

  /** What may be written as its value. */
  public Type type() {
    return type;
  }

  /** Whether it must be given. */
  public boolean isRequired() {
    return required;
  }

  /** Whether a text may be empty or blank. */
  public boolean mayBeEmpty() {
    return mayBeEmpty;
  }

  /** Its value unless given, if it has one. */
  public Optional<T> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** What a value of the right type means that is wrong; empty if that goes without saying. */
  public String ifWrong() {
    return ifWrong;
  }

  /** What leaving it out means, in words; empty if it is required or that goes without saying. */
  public String defaultText() {
    return defaultText;
  }

  /** The words of a choice; unmodifiable. */
  public List<String> choices() {
    return choices;
  }

  /** The fields of a group; unmodifiable. */
  public List<Field<?>> members() {
    return members;
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
