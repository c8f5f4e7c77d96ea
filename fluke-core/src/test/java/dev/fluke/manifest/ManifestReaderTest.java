package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Agent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifest files that are as they should be. */
class ManifestReaderTest {

  @Test
  void readsATaskWithAllThatItCanHave() throws Exception {
    Task task =
        Yaml.good(
                """
                # a comment
                locals:
                  app: /opt/app
                tasks:
                  install runtimes:
                    description: Node.js for the app
                    selector:
                      match_labels: { role: web }
                      match_expressions:
                        - { key: env, in: [staging, production] }
                        - { key: old, absent: true }
                    drift: { policy: remediate_and_alert }
                    steps:
                      - probe: node
                        check: "true"
                        unit: nginx.service
                        working_dir: ${local.app}/bin
                        enabled: false
                        settle: 1m30s
                        state: stopped
                        env: { A: 1, B: "two words" }
                        git: { url: https://git.example.com/x.git }
                        on_failure: continue
                        timeout: 168h
                        check_timeout: 90s
                """)
            .task("install runtimes")
            .orElseThrow();

    Step step = task.steps().get(0);
    assertThat(task.description()).isEqualTo("Node.js for the app");
    assertThat(task.policy()).contains(DriftPolicy.REMEDIATE_AND_ALERT);
    assertThat(task.selector().toString())
        .isEqualTo("role is web and env in [production, staging] and old absent");
    assertThat(step.onFailure()).isEqualTo(OnFailure.CONTINUE);
    assertThat(step.timeout()).contains(Duration.ofDays(7));
    assertThat(step.checkTimeout()).contains(Duration.ofSeconds(90));
    assertThat(((ProbeKind.Probe) step.executor()).values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "check",
                "true",
                "unit",
                "nginx.service",
                "working_dir",
                "/opt/app/bin",
                "enabled",
                false,
                "settle",
                Duration.ofSeconds(90),
                "state",
                "stopped",
                "env",
                Map.of("A", "1", "B", "two words"),
                "git",
                List.of("https://git.example.com/x.git", "main")));
  }

  @Test
  void whatIsNotGivenIsAsTheKindSays() throws Exception {
    Step step = Yaml.good(Yaml.step("check: x")).tasks().get(0).steps().get(0);

    assertThat(((ProbeKind.Probe) step.executor()).values())
        .isEqualTo(Map.of("check", "x", "enabled", true, "state", "running"));
    assertThat(step.onFailure()).isEqualTo(OnFailure.ABORT);
    assertThat(step.timeout()).isEmpty();
  }

  @Tag("M05")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NO",
        "on",
        "0644",
        "0o17",
        "1.10",
        "12:30:00",
        "2024-01-02",
        "~",
        "1e3",
        "+1",
        ".5",
        "0x1F",
        "=",
        "true",
        "null",
        "-x",
        "1_000"
      })
  void aValueStaysWhatWasTypedAndSoDoesAKey(String typed) throws Exception {
    String yaml = Yaml.step("check: " + typed + "\nenv: { " + typed + ": " + typed + " }");

    assertThat(Yaml.value(yaml, "check")).isEqualTo(typed);
    assertThat(Yaml.value(yaml, "env")).isEqualTo(Map.of(typed, typed));
  }

  @Tag("M10")
  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing\n", "---\n", "tasks: {}\n", "locals: { a: b }\n", "\ufeff"})
  void aFileWithoutTasksIsFine(String yaml) throws Exception {
    assertThat(Yaml.good(yaml).tasks()).isEmpty();
  }

  @Tag("M10")
  @Test
  void aByteOrderMarkAndWindowsLinesAreFine() throws Exception {
    String yaml = "\ufeff" + Yaml.step("check: x").replace("\n", "\r\n");

    assertThat(Yaml.value(yaml, "check")).isEqualTo("x");
  }

  @Test
  void anAliasIsWhatItsAnchorIs() throws Exception {
    String yaml =
        """
        tasks:
          a: &same
            selector: { all: true }
            steps: [ { probe: s, check: x } ]
          b: *same
        """;

    assertThat(Yaml.good(yaml).tasks()).extracting(Task::name).containsExactly("a", "b");
  }

  @Tag("rule-9")
  @Test
  void tasksAreInTheOrderOfFilesAndThenOfPlaces() throws Exception {
    String two =
        """
        tasks:
          %1$sz: { selector: { all: true }, steps: [ { probe: s, check: x } ] }
          %1$sa: { selector: { all: true }, steps: [ { probe: s, check: x } ] }
        """;
    Manifest manifest =
        Yaml.READER.read(
            Map.of(
                "b.fluke.yaml", String.format(two, "b").getBytes(UTF_8),
                "a/c.fluke.yaml", String.format(two, "c").getBytes(UTF_8)));

    assertThat(manifest.tasks().stream().map(Task::name).collect(Collectors.joining(" ")))
        .isEqualTo("cz ca bz ba");
  }

  @Test
  void everyAgentMustBeMeant() throws Exception {
    Task task = Yaml.good(Yaml.step("check: x")).tasks().get(0);

    assertThat(task.selector().matches(Agent.named("any"))).isTrue();
  }

  @Test
  void aStepMayUseAFileOfItsRevision() throws Exception {
    ManifestReader.OtherFiles files =
        path -> path.equals("web/motd") ? "hello".getBytes(UTF_8) : null;
    byte[] step = Yaml.step("check: x\nsource: ./motd").getBytes(UTF_8);
    byte[] top = Yaml.step("check: x\nsource: /web/motd").replace("  t:", "  u:").getBytes(UTF_8);

    Manifest manifest =
        Yaml.READER.read(Map.of("web/a.fluke.yaml", step, "web/x/b.fluke.yaml", top), files);

    assertThat(manifest.tasks())
        .allSatisfy(
            task -> assertThat(task.steps().get(0).executor().toString()).contains("source=hello"));
  }

  @Test
  void twoKindsOfOneNameAreRefusedWithWhereTheyComeFrom() {
    dev.fluke.executor.ExecutorKind other =
        new dev.fluke.executor.ExecutorKind() {
          @Override
          public String name() {
            return "probe";
          }

          @Override
          public String about() {
            return "";
          }

          @Override
          public List<dev.fluke.executor.Field<?>> fields() {
            return List.of();
          }

          @Override
          public dev.fluke.executor.Executor read(dev.fluke.executor.Settings values) {
            throw new AssertionError();
          }
        };

    assertThatThrownBy(() -> ManifestReader.of(new ProbeKind(), other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("kinds: two are named 'probe': dev.fluke.manifest.ProbeKind in ")
        .hasMessageContaining(" and dev.fluke.manifest.ManifestReaderTest$1 in file:");
  }
}
