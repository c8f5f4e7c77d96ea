package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SectionTest {

  @Test
  void readsTextsNumbersAndFlags() {
    SectionFixture fixture = SectionFixture.of("{ name: a, port: 22, on: 'true' }\n");
    Section root = fixture.root();

    assertThat(root.text("name")).contains("a");
    assertThat(root.number("port", 1, 65535, 7)).isEqualTo(22);
    assertThat(root.flag("on")).isTrue();
    root.end();
    assertThat(fixture.problems()).isEmpty();
  }

  @Test
  void usesDefaultsForAbsentKeys() {
    SectionFixture fixture = SectionFixture.of("{ other: x }\n");
    Section root = fixture.root();

    assertThat(root.text("name")).isEmpty();
    assertThat(root.number("port", 1, 65535, 7)).isEqualTo(7);
    assertThat(root.flag("on")).isFalse();
    assertThat(root.section("inner")).isEmpty();
    assertThat(root.sections("agents")).isEmpty();
    assertThat(root.listed("list")).isEmpty();
    assertThat(fixture.problems()).isEmpty();
  }

  @Test
  void reportsValuesAtTheirPlace() {
    SectionFixture fixture =
        SectionFixture.of("inner: { empty: '', list: [], port: many, on: maybe }\n");
    Section inner = fixture.root().section("inner").orElseThrow();

    assertThat(inner.text("empty")).isEmpty();
    assertThat(inner.text("list")).isEmpty();
    assertThat(inner.number("port", 1, 9, 7)).isEqualTo(7);
    assertThat(inner.flag("on")).isFalse();
    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:17: inner: 'empty': is empty",
            "f.yaml:1:27: inner: 'list': must be text, is a list",
            "f.yaml:1:37: inner: 'port': is 'many', must be a number from 1 to 9",
            "f.yaml:1:47: inner: 'on': is 'maybe', must be true or false");
  }

  @Test
  void reportsMissingAndUnknownKeys() {
    SectionFixture fixture = SectionFixture.of("inner: { ulr: x }\n");
    Section inner = fixture.root().section("inner").orElseThrow();

    assertThat(inner.required("url", "the URL")).isEmpty();
    inner.end();
    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:1: inner: 'url' is missing: the URL",
            "f.yaml:1:10: inner: unknown key 'ulr'; did you mean 'url'?");
  }

  @Test
  void reportsASectionThatIsNoMappingOnce() {
    SectionFixture fixture = SectionFixture.of("inner: text\n");
    Section inner = fixture.root().section("inner").orElseThrow();

    assertThat(inner.isBroken()).isTrue();
    assertThat(inner.required("url", "the URL")).isEmpty();
    assertThat(fixture.problems()).containsExactly("f.yaml:1:8: inner: must be a mapping, is text");
  }

  @Test
  void readsListsOfSections() {
    SectionFixture fixture = SectionFixture.of("list: [ { a: 1 }, { a: 2 } ]\nnone: text\n");

    assertThat(fixture.root().listed("list"))
        .extracting(section -> section.text("a").orElseThrow())
        .containsExactly("1", "2");
    assertThat(fixture.root().listed("none")).isEmpty();
    assertThat(fixture.problems()).containsExactly("f.yaml:2:7: 'none': must be a list, is text");
  }

  @Test
  void passesTextsToATaker() {
    SectionFixture fixture = SectionFixture.of("labels: { a: $SECRET, b: bad, c: [] }\n");
    Map<String, String> labels = new LinkedHashMap<>();

    fixture
        .root()
        .texts(
            "labels",
            (key, value) -> {
              if (value.equals("bad")) {
                throw new IllegalArgumentException("label '" + key + "' is bad");
              }
              labels.put(key, value);
            });

    assertThat(labels).containsExactly(Map.entry("a", "canary"));
    assertThat(fixture.problems())
        .containsExactly(
            "f.yaml:1:23: labels: label 'b' is bad",
            "f.yaml:1:34: labels: 'c': must be text, is a list");
  }

  @Test
  void hidesValuesOfVariablesInProblems() {
    SectionFixture fixture = SectionFixture.of("port: $SECRET\n");

    fixture.root().number("port", 1, 9, 7);

    assertThat(fixture.problems())
        .containsExactly("f.yaml:1:7: 'port': is '***', must be a number from 1 to 9");
  }

  @Test
  void knowsWhetherAKeyIsLeft() {
    Section root = SectionFixture.of("{ a: 1 }\n").root();

    assertThat(root.has("a")).isTrue();
    assertThat(root.has("b")).isFalse();
    root.text("a");
    assertThat(root.has("a")).isFalse();
  }
}
