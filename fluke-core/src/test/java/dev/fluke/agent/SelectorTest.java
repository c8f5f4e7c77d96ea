package dev.fluke.agent;

import static dev.fluke.agent.Selector.agent;
import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Digestible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("R13")
class SelectorTest {
  private static final Agent WEB =
      Agent.named("web-01").labels(Map.of("role", "web", "env", "staging"));
  private static final Agent BARE = Agent.named("bare");

  static Stream<Arguments> selectorsAndAgents() {
    return Stream.of(
        Arguments.of(label("role").is("web"), WEB, true),
        Arguments.of(label("role").is("db"), WEB, false),
        Arguments.of(label("role").is("web"), BARE, false),
        Arguments.of(label("env").in("staging", "production"), WEB, true),
        Arguments.of(label("env").in("production"), WEB, false),
        Arguments.of(label("env").notIn("production"), WEB, true),
        Arguments.of(label("env").notIn("staging"), WEB, false),
        Arguments.of(label("env").notIn("production"), BARE, false),
        Arguments.of(label("env").exists(), WEB, true),
        Arguments.of(label("env").exists(), BARE, false),
        Arguments.of(label("env").absent(), WEB, false),
        Arguments.of(label("env").absent(), BARE, true),
        Arguments.of(everyAgent(), BARE, true),
        Arguments.of(agent("web-01"), WEB, true),
        Arguments.of(agent("web-01"), BARE, false),
        Arguments.of(label("role").is("web").and(label("env").in("staging")), WEB, true),
        Arguments.of(label("role").is("web").and(label("env").in("production")), WEB, false));
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @MethodSource("selectorsAndAgents")
  void matches(Selector selector, Agent candidate, boolean expected) {
    assertThat(selector.matches(candidate)).isEqualTo(expected);
  }

  @Test
  void canBeExtendedTwice() {
    Selector web = label("role").is("web");

    Selector staging = web.and(label("env").is("staging"));

    assertThat(web).hasToString("role is web");
    assertThat(staging).hasToString("role is web and env is staging");
    assertThat(staging.keys()).containsExactlyInAnyOrder("role", "env");
  }

  @Test
  void refusesAnEmptyListOfValues() {
    assertThatThrownBy(() -> label("env").in())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label 'env': no values given; it could match no agent");
  }

  @Test
  void tellsAValueThatReadsLikeConditionsFromConditions() {
    Selector value = label("role").is("web and env is x");
    Selector conditions = label("role").is("web").and(label("env").is("x"));

    assertThat(value).hasToString(conditions.toString());
    assertThat(digestOf(value)).isNotEqualTo(digestOf(conditions));
    assertThat(digestOf(conditions))
        .isEqualTo(digestOf(label("role").is("web").and(label("env").is("x"))));
  }

  private static List<Object> digestOf(Selector selector) {
    List<Object> parts = new ArrayList<>();
    selector.digestInto(
        new Digestible.Digest() {
          @Override
          public Digestible.Digest add(Object part) {
            parts.add(part);
            return this;
          }
        });
    return parts;
  }
}
