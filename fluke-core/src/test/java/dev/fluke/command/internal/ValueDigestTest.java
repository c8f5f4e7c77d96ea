package dev.fluke.command.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Equal content has equal digests, and other content has others. */
@Tag("rule-12")
class ValueDigestTest {
  private final OpaqueValues opaque = new OpaqueValues();

  private ValueDigest digest(@Nullable Object value) {
    OpaqueValues.Session session = opaque.at("here");
    ValueDigest digest = ValueDigest.of(value, session);
    session.end();
    return digest;
  }

  private boolean hasDigest(Object value) {
    OpaqueValues.Session session = new OpaqueValues().at("here");
    ValueDigest.of(value, session);
    return session.warnings("it").isEmpty();
  }

  private record Point(int x, int y) {}

  private record Other(int x, int y) {}

  private record Box(@Nullable Object content) {}

  /** What compares by its name only. */
  private record Named(String name, Runnable action) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Named that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /** What compares as the author of a record with an array has to. */
  @SuppressWarnings("ArrayRecordComponent") // as records of users have them
  private record Arguments(String[] argv) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Arguments that && Arrays.equals(argv, that.argv);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(argv);
    }
  }

  @SuppressWarnings("UnusedMethod") // the digest calls it
  private record Refusing(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("not now");
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Parts(Object... parts) implements Digestible {
    @Override
    public void digestInto(Digest into) {
      for (Object part : parts) {
        into.add(part);
      }
    }
  }

  private enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "RED";
      }
    }
  }

  /** Values of which no two are the same. */
  private static List<@Nullable Object> different() {
    List<@Nullable Object> all = new ArrayList<>();
    Collections.addAll(all, null, "", "1", "a", "ab", 1, 1L, (short) 1, 1.0, 1.0f, '1', true);
    Collections.addAll(all, new BigDecimal("1.0"), new BigDecimal("1.00"), Color.RED, Color.GREEN);
    Collections.addAll(all, "\ud800", "\ud801", "?", "null", "END");
    Collections.addAll(
        all, Secret.of("1"), Secret.of("2"), Secret.named("1"), Optional.empty(), Optional.of("1"));
    Collections.addAll(all, List.of(), Set.of(), Map.of(), new Object[0], new byte[0], new int[0]);
    Collections.addAll(all, List.of("ab", "c"), List.of("a", "bc"), List.of("abc"));
    Collections.addAll(all, List.of("a", "b"), List.of("b", "a"), Set.of("a", "b"));
    Collections.addAll(all, List.of(List.of("a"), "b"), List.of(List.of("a", "b")));
    Collections.addAll(all, List.of(List.of(), List.of()), List.of(List.of(List.of())));
    Collections.addAll(all, Map.of("a", "b"), Map.of("b", "a"), Map.of("a", 1, "b", 2));
    Collections.addAll(all, Map.of("a", 2, "b", 1), Set.of(Map.entry("a", "b")));
    Collections.addAll(all, new String[] {"a"}, new Object[] {"a"}, new char[] {'a'});
    Collections.addAll(all, new byte[] {1}, new byte[] {1, 2}, new int[] {1}, new long[] {1});
    Collections.addAll(all, new Point(1, 2), new Point(2, 1), new Other(1, 2), List.of(1, 2));
    Collections.addAll(all, new Box(null), new Box("1"), new Box(1), new Box(new Box(1)));
    Collections.addAll(all, Duration.ofSeconds(1), Instant.EPOCH, LocalDate.EPOCH);
    Collections.addAll(all, ZoneId.of("UTC"), Path.of("a"), Path.of("/a"), URI.create("a"));
    Collections.addAll(all, TimeUnit.DAYS, Locale.ROOT, Locale.GERMAN, OptionalInt.of(1));
    Collections.addAll(all, Pattern.compile("a"), Pattern.compile("a", Pattern.LITERAL));
    Collections.addAll(all, String.class, new Parts("a"), new Parts("a", "b"), new Parts());
    Collections.addAll(all, new Parts(new Parts(), new Parts()), new Parts(new Parts(new Parts())));
    Collections.addAll(all, Command.of("a"), Command.of("a", "b"), Command.shell("a"));
    Collections.addAll(all, Command.shell("a").runAs("b"), Command.shell("a").in("b"));
    Collections.addAll(all, Command.shell("a").env("A", "1"), Command.shell("a").stdin("1"));
    Collections.addAll(
        all,
        Command.shell("a").env("A", Secret.of("canary")),
        Command.shell("a").stdin(Secret.of("canary")));
    Collections.addAll(all, Command.shell("a").timeout(Duration.ofSeconds(1)));
    Collections.addAll(all, Command.shell("a").inDefaultShell(), (Runnable) () -> {});
    return all;
  }

  @Test
  void differsForEachTwoDifferentValues() {
    Map<ValueDigest, Object> seen = new HashMap<>();
    for (Object value : different()) {
      Object other = seen.put(digest(value), value == null ? "null" : value);
      assertThat(other).as("same digest as %s", value).isNull();
    }
    assertThat(seen).hasSizeGreaterThan(80);
  }

  @Test
  void isTheSameForValuesThatAreMadeAgain() {
    List<@Nullable Object> first = different();
    List<@Nullable Object> again = different();
    for (int i = 0; i < first.size() - 1; i++) { // the last one is a lambda
      assertThat(digest(again.get(i))).as("%s", first.get(i)).isEqualTo(digest(first.get(i)));
      assertThat(digest(again.get(i))).hasSameHashCodeAs(digest(first.get(i)));
    }
  }

  @Test
  void ignoresTheOrderOfSetsAndMaps() {
    assertThat(digest(new LinkedHashSet<>(List.of("a", "b", "c"))))
        .isEqualTo(digest(new LinkedHashSet<>(List.of("c", "a", "b"))))
        .isEqualTo(digest(new TreeSet<>(List.of("b", "a", "c"))));
    Map<String, Integer> ordered = new LinkedHashMap<>();
    ordered.put("b", 2);
    ordered.put("a", 1);
    assertThat(digest(ordered)).isEqualTo(digest(new TreeMap<>(Map.of("a", 1, "b", 2))));
  }

  @Test
  void ignoresTheClassOfCollections() {
    assertThat(digest(new ArrayList<>(List.of("a", "b")))).isEqualTo(digest(List.of("a", "b")));
  }

  @Test
  void readsSecretsByTheirValues() {
    assertThat(digest(List.of(Secret.of("pass"))))
        .isEqualTo(digest(List.of(Secret.from(() -> "pass"))))
        .isNotEqualTo(digest(List.of(Secret.of("word"))))
        .isNotEqualTo(digest(List.of("pass")));
  }

  @Test
  void notesThatFetchedSecretMayChange() {
    OpaqueValues.Session session = opaque.at("here");
    ValueDigest.of(Secret.of("pass"), session);
    assertThat(session.mayChange()).isFalse();

    ValueDigest.of(Secret.from(() -> "pass"), session);

    assertThat(session.mayChange()).isTrue();
  }

  @Test
  void keepsLambdasApartByIdentity() {
    Runnable one = () -> {};
    Runnable other = () -> {};

    assertThat(digest(one)).isEqualTo(digest(one)).isNotEqualTo(digest(other));
    assertThat(hasDigest(one)).isFalse();
  }

  @Test
  void comparesOtherClassesByEquals() {
    assertThat(digest(new AtomicLong(1))).isNotEqualTo(digest(new AtomicLong(1)));
    assertThat(digest(new Named("a", () -> {})))
        .isEqualTo(digest(new Named("a", () -> {})))
        .isNotEqualTo(digest(new Named("b", () -> {})));
    assertThat(hasDigest(new Named("a", () -> {}))).isFalse();
  }

  @Test
  void readsRecordWithOwnEqualsByItsParts() {
    assertThat(digest(new Arguments(new String[] {"a"})))
        .isEqualTo(digest(new Arguments(new String[] {"a"})))
        .isNotEqualTo(digest(new Arguments(new String[] {"b"})));
    assertThat(hasDigest(new Arguments(new String[] {"a"}))).isTrue();
  }

  @Test
  void comparesRecordByEqualsIfItsAccessorThrows() {
    assertThat(digest(new Refusing("a")))
        .isEqualTo(digest(new Refusing("a")))
        .isNotEqualTo(digest(new Refusing("b")));
    assertThat(hasDigest(new Refusing("a"))).isFalse();
  }

  @Test
  void refusesValueThatContainsItself() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    list.add(list);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> digest(list))
        .withMessage("it contains itself, or is nested more than 100 deep");
  }

  @Test
  void refusesValueThatIsTooDeepAndReadsDeepOnes() {
    Object value = "a";
    for (int i = 0; i < 99; i++) {
      value = List.of(value);
    }
    Object deepest = value;

    assertThat(digest(deepest)).isEqualTo(digest(deepest));
    assertThatIllegalArgumentException().isThrownBy(() -> digest(List.of(deepest)));
  }

  @Test
  void refusesValueWithoutEnd() {
    Iterable<Object> endless = Collections.nCopies(Integer.MAX_VALUE, "a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> digest(endless))
        .withMessage("it has more than 1,000,000 parts");
  }

  @Test
  void refusesPartsThatAreAddedTooLate() {
    List<Digestible.Digest> kept = new ArrayList<>();
    digest((Digestible) kept::add);

    assertThatThrownBy(() -> kept.get(0).add("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("during the call only");
  }

  @Test
  void showsNothingOfTheValue() {
    assertThat(digest(Secret.of("pass")).toString()).matches("[0-9a-f]{16}");
  }
}
