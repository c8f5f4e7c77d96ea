package dev.fluke.manifest;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.Executor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A task in YAML means what the same task means in Java: its selector, policy and steps. */
class JavaAndYamlTest {
  private static final Executor LOOKS =
      new ProbeKind.Probe(Map.of("check", "x", "enabled", true, "state", "running"));
  private static final List<Agent> FLEET =
      List.of(
          Agent.named("web-01").labels(Map.of("role", "web", "env", "staging")),
          Agent.named("web-02").labels(Map.of("role", "web", "env", "production")),
          Agent.named("db-01").labels(Map.of("role", "db", "env", "production")),
          Agent.named("bare"),
          Agent.named("blank").labels(Map.of("role", "")));

  static Stream<Arguments> selectors() {
    return Stream.of(
        Arguments.of("{ all: true }", everyAgent()),
        Arguments.of("{ match_labels: { role: web } }", label("role").is("web")),
        Arguments.of("{ match_labels: { role: '' } }", label("role").is("")),
        Arguments.of(
            "{ match_labels: { role: web, env: staging } }",
            label("role").is("web").and(label("env").is("staging"))),
        Arguments.of(
            "{ match_expressions: [ { key: env, in: [staging, production] } ] }",
            label("env").in("staging", "production")),
        Arguments.of(
            "{ match_expressions: [ { key: env, not_in: [production] } ] }",
            label("env").notIn("production")),
        Arguments.of(
            "{ match_expressions: [ { key: env, exists: true } ] }", label("env").exists()),
        Arguments.of(
            "{ match_expressions: [ { key: env, absent: true } ] }", label("env").absent()),
        Arguments.of(
            "{ match_labels: { role: web }, match_expressions: [ { key: env, exists: true }, { key:"
                + " env, not_in: [staging] } ] }",
            label("role").is("web").and(label("env").exists()).and(label("env").notIn("staging"))));
  }

  @Tag("R13")
  @ParameterizedTest
  @MethodSource("selectors")
  void aSelectorChoosesTheSameAgents(String inYaml, Selector inJava) throws Exception {
    Selector read =
        Yaml.good(Yaml.step("check: x").replace("{ all: true }", inYaml)).tasks().get(0).selector();

    assertThat(read).hasToString(inJava.toString());
    assertThat(read.keys()).isEqualTo(inJava.keys());
    for (Agent agent : FLEET) {
      assertThat(read.matches(agent)).as(agent.name()).isEqualTo(inJava.matches(agent));
    }
  }

  static Stream<Arguments> steps() {
    return Stream.of(
        same("", step -> step),
        same("on_failure: abort", step -> step.onFailure(OnFailure.ABORT)),
        same("on_failure: continue", step -> step.onFailure(OnFailure.CONTINUE)),
        same("timeout: 1m30s", step -> step.timeout(Duration.ofSeconds(90))),
        same("check_timeout: 5s", step -> step.checkTimeout(Duration.ofSeconds(5))));
  }

  private static Arguments same(String lines, UnaryOperator<Step> inJava) {
    return Arguments.of(lines, inJava.apply(Step.named("s", LOOKS)));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void aStepIsTheSame(String lines, Step inJava) throws Exception {
    Step read = Yaml.good(Yaml.step("check: x\n" + lines)).tasks().get(0).steps().get(0);

    assertThat(read.name()).isEqualTo(inJava.name());
    assertThat(read.executor().declaration()).isEqualTo(inJava.executor().declaration());
    assertThat(read.onFailure()).isEqualTo(inJava.onFailure());
    assertThat(read.timeout()).isEqualTo(inJava.timeout());
    assertThat(read.checkTimeout()).isEqualTo(inJava.checkTimeout());
  }

  @Test
  void noFieldOfAStepIsWithoutARow() {
    TreeSet<String> covered = new TreeSet<>();
    steps().forEach(row -> covered.add(row.get()[0].toString().replaceFirst(":.*", "")));

    assertThat(covered)
        .containsAll(StepReader.OF_EVERY_STEP.stream().map(field -> field.name()).toList());
  }

  @Tag("R18")
  @Test
  void aTaskHasTheSamePolicyAndWords() throws Exception {
    for (DriftPolicy policy : DriftPolicy.values()) {
      Task inJava =
          Task.named("t")
              .describedAs("says what")
              .on(everyAgent())
              .onDrift(policy)
              .step("s", LOOKS)
              .build();
      Task read =
          Yaml.good(
                  Yaml.step("check: x")
                      .replace(
                          "    steps:",
                          "    description: says what\n    drift: { policy: "
                              + policy
                              + " }\n    steps:"))
              .task("t")
              .orElseThrow();

      assertThat(read.policy()).isEqualTo(inJava.policy());
      assertThat(read.description()).isEqualTo(inJava.description());
      assertThat(read.steps()).hasSameSizeAs(inJava.steps());
    }
    assertThat(Yaml.good(Yaml.step("check: x")).tasks().get(0).policy()).isEmpty();
  }

  @Tag("R18")
  @Test
  void aPolicyThatIsNoneOfTheThreeIsAnErrorNamingThem() {
    for (String policy : List.of("remediat", "ignore", "ALERT-ONLY")) {
      assertThat(
              Yaml.wrong(
                  Yaml.step("check: x")
                      .replace("    steps:", "    drift: { policy: " + policy + " }\n    steps:")))
          .singleElement()
          .asString()
          .contains("'" + policy + "'")
          .endsWith("nown: alert_only, remediate, remediate_and_alert");
    }
  }
}
