package dev.fluke.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpaqueValuesTest {
  private final OpaqueValues values = new OpaqueValues();

  /** Compares by its name. */
  private static final class Thing {
    private final String name;

    Thing(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Thing that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private long number(String place, Object value) {
    OpaqueValues.Session session = values.at(place);
    long number = session.numberOf(value);
    session.end();
    return number;
  }

  @Test
  void numbersEqualValuesOfOnePlaceAlike() {
    assertThat(number("a", new Thing("x"))).isEqualTo(number("a", new Thing("x")));
    assertThat(number("a", new Thing("x"))).isNotEqualTo(number("a", new Thing("y")));
  }

  @Test
  void remembersValueThatCameBackAfterAnother() {
    long first = number("a", new Thing("x"));
    number("a", new Thing("y"));

    assertThat(number("a", new Thing("x"))).isEqualTo(first);
  }

  @Test
  void forgetsValuesThatLeftLongAgo() {
    long first = number("a", new Thing("x"));
    for (int i = 0; i < 10; i++) {
      number("a", new Thing("y" + i));
    }

    assertThat(number("a", new Thing("x"))).isNotEqualTo(first);
  }

  @Test
  void forgetsPlacesThatAreGoneOnceThereAreMany() {
    long first = number("a", new Thing("x"));
    for (int i = 0; i < 1_000; i++) {
      number("place " + i, new Thing("x"));
    }
    values.keep(List.of("a"));
    assertThat(number("a", new Thing("x"))).isEqualTo(first);

    long gone = number("place 1001", new Thing("x"));
    values.keep(List.of());

    assertThat(number("place 1001", new Thing("x"))).isNotEqualTo(gone);
  }

  @Test
  void warnsOfEachClassOnce() {
    OpaqueValues.Session session = values.at("a");
    session.numberOf(new Thing("x"));
    session.numberOf(new Thing("y"));
    session.numberOf(new Object());

    assertThat(session.warnings("it"))
        .containsExactly(
            "it contains a %s: Fluke compares it by equals(), in this process only; make it a record of plain values, or implement Digestible"
                .formatted(Thing.class.getName()),
            "it contains a java.lang.Object: without equals(), it counts as changed whenever it is another object; make it a record of plain values, or implement Digestible");
    assertThat(session.hasOnlyIdentity()).isTrue();
  }

  @Test
  void knowsWhenAllValuesHaveEquals() {
    OpaqueValues.Session session = values.at("a");
    session.numberOf(new Thing("x"));
    assertThat(session.hasOnlyIdentity()).isFalse();
  }
}
