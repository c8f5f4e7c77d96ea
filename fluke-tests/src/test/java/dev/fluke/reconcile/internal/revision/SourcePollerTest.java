package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Selector;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Plan;
import dev.fluke.request.Scope;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports and plans say if what they rest on is not the newest that was declared, or nothing. */
@Tag("rule-24")
class SourcePollerTest {
  private final FlukeKit kit = FlukeKit.create();
  private final ScriptedSource infra = new ScriptedSource("infra");

  @BeforeEach
  void follow() {
    kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
    kit.source(infra);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private CycleReport cycle() {
    return kit.reconciler().cycle();
  }

  private Plan plan() {
    return kit.reconciler().plan(Scope.all());
  }

  @Test
  void notesRefusedRevision() {
    infra.has("c1", Pair.task("a"));
    assertThat(cycle().notes()).isEmpty();

    infra.says(() -> new News.Broken("c2", List.of("a.fluke.yaml:1:2: x", "b.fluke.yaml:1:1: y")));

    String note =
        "the source infra: revision c2 is refused: a.fluke.yaml:1:2: x, and 1 more; "
            + "this is revision c1";
    assertThat(cycle().notes()).containsExactly(note);
    assertThat(plan().notes()).containsExactly(note);
    CycleReport manual = kit.reconciler().reconcile(Scope.all());
    assertThat(manual.notes()).containsExactly(note);
    assertThat(manual.succeeded()).as("all that is in force is as declared").isTrue();

    infra.has("c3", Pair.task("a"));
    assertThat(plan().notes()).isEmpty();
  }

  @Test
  void notesUnavailableSource() {
    infra.has("c1", Pair.task("a"));
    cycle();

    infra.says(
        () -> {
          throw SourceUnavailableException.because("connection refused");
        });

    assertThat(plan().notes())
        .containsExactly(
            "the source infra is unavailable: connection refused; this is revision c1");
    assertThat(plan().isInSync()).isTrue();
  }

  @Test
  void reportsIncompleteUntilFirstGoodRevision() {
    infra.says(() -> new News.Broken("c1", List.of("a.fluke.yaml:1:2: x")));

    CycleReport cycle = cycle();
    Plan plan = plan();

    String note =
        "the source infra: revision c1 is refused: a.fluke.yaml:1:2: x; this is revision none";
    assertThat(cycle.notes()).contains(note);
    assertThat(cycle.isComplete()).isFalse();
    assertThat(cycle.succeeded()).isFalse();
    assertThat(plan.notes()).contains(note);
    assertThat(plan.isComplete()).isFalse();
    assertThat(plan.isInSync()).isFalse();
    infra.has("c2", Pair.task("a"));
    assertThat(cycle().succeeded()).isTrue();
    assertThat(plan().isInSync()).isTrue();
  }

  @Test
  void explainsMissingTaskOfRefusedRevision() {
    infra.has("c1", Pair.task("a"));
    cycle();
    infra.says(() -> new News.Broken("c2", List.of("a.fluke.yaml:1:2: x")));

    assertThatThrownBy(() -> kit.reconciler().reconcile(Scope.task("cert")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no task 'cert'")
        .hasMessageContaining("revision c2 is refused: a.fluke.yaml:1:2: x");
  }

  @Test
  void notesScopeThatMatchesNothing() {
    kit.agent("idle", Map.of("role", "none"));
    infra.has("c1", Task.named("t").on(Selector.agent("web-01")).step("s", Pair.of("a")).build());
    cycle();

    assertThat(kit.reconciler().plan(Scope.agent("idle")).notes())
        .containsExactly("scope 'agent idle' matches nothing");
    assertThat(kit.reconciler().plan(Scope.agent("web-01")).notes()).isEmpty();
  }

  @Test
  void enforcesLateFirstRevisionAtOnce() {
    kit.configure(builder -> builder.pollInterval(Duration.ofHours(1)));
    infra.has("c1", Pair.task("a")).takes(Duration.ofSeconds(11));

    kit.start();
    kit.runFor(Duration.ofSeconds(12));

    assertThat(kit.reconciler().status().agents().get(0).tasks()).hasSize(1);
  }
}
