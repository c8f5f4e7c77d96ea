package dev.fluke.reconcile.internal.revision;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.event.Event;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.source.ScriptedSource;
import dev.fluke.tests.support.Pair;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where manifests come from: last good revisions, trouble, and several sources at once. */
@Tag("rule-25")
class SourceSetTest {
  private final FlukeKit kit = FlukeKit.create();
  private final ScriptedSource infra = new ScriptedSource("infra");
  private final FakeHost web = kit.agent("web-01", Map.of());

  @AfterEach
  void close() {
    kit.close();
  }

  private List<String> told(String type) {
    return kit.events().stream()
        .filter(event -> event.type().equals(type))
        .map(Event::toJson)
        .toList();
  }

  @Test
  void keepsLastGoodRevisionAndReportsBrokenOneOnce() {
    var state = web.pair("check a", "fix a").broken();
    kit.source(infra.has("c1", Pair.task("a")));
    assertThat(kit.cycle().task("a").on("web-01")).isRemediated();

    infra.says(() -> new News.Broken("c2", List.of("a.fluke.yaml:1:2: x", "b.fluke.yaml:1:1: y")));
    for (int i = 0; i < 10; i++) {
      state.broken();
      assertThat(kit.cycle().task("a").on("web-01")).isRemediated();
    }

    assertThat(told("source_broken"))
        .singleElement()
        .asString()
        .contains("\"revision\":\"c2\"", "a.fluke.yaml:1:2: x", "b.fluke.yaml:1:1: y");
    var status = kit.reconciler().status().source();
    assertThat(status.revision()).contains("c1");
    assertThat(status.lastError()).isEqualTo("revision c2 is refused");
    assertThat(status.errors()).hasSize(2);
    infra.has("c3", Pair.task("a"));
    kit.cycle();
    assertThat(kit.reconciler().status().source().lastError()).isEmpty();
  }

  @Tag("M12")
  @Test
  void adoptsEmptyRevisionOnlyIfAllowed() {
    web.pair("check a", "fix a").healthy();
    kit.source(infra.has("c1", Pair.task("a")));
    kit.cycle();

    infra.has("c2");
    for (int i = 0; i < 10; i++) {
      assertThat(kit.cycle().task("a").on("web-01")).isInSync();
    }

    assertThat(told("source_emptied"))
        .singleElement()
        .asString()
        .contains("\"revision\":\"c2\"", "call allowEmpty() on the source");
    try (FlukeKit other = FlukeKit.create()) {
      other.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      ScriptedSource same = new ScriptedSource("infra");
      other.source(same.has("c1", Pair.task("a")).allowEmpty());
      other.cycle();
      same.has("c2");
      assertThat(other.cycle().tasks()).isEmpty();
    }
  }

  @Tag("E27")
  @Test
  void reportsUnavailableSourceOnceAndBacksOff() {
    var state = web.pair("check a", "fix a").healthy();
    kit.source(infra.has("c1", Pair.task("a")));
    kit.start();
    kit.runFor(Duration.ofSeconds(90));
    infra.says(
        () -> {
          throw SourceUnavailableException.because("connection refused");
        });
    infra.polls.clear();
    kit.runFor(Duration.ofMinutes(30));
    state.broken();
    kit.runFor(Duration.ofMinutes(2));

    assertThat(told("source_unreachable"))
        .singleElement()
        .asString()
        .contains("\"source\":\"infra\"", "connection refused");
    assertThat(waits(infra.polls))
        .allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofMinutes(5)))
        .anySatisfy(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(269)));
    assertThat(web).ran("fix a").once();
    assertThat(kit.reconciler().status().source().lastError())
        .isEqualTo("unavailable: connection refused");
    assertThat(kit.reconciler().status().source().nextTry()).isPresent();
    infra.says(News.Unchanged::new);
    kit.runFor(Duration.ofMinutes(5));
    assertThat(told("source_recovered")).hasSize(1);
    assertThat(kit.reconciler().status().source().lastError()).isEmpty();
  }

  private static List<Duration> waits(List<Instant> times) {
    List<Duration> waits = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      waits.add(Duration.between(times.get(i - 1), times.get(i)));
    }
    return waits;
  }

  @Test
  void retriesWhenSourceAsksForIt() {
    kit.source(
        infra.says(
            () -> {
              throw SourceUnavailableException.because("busy").retryAfter(Duration.ofMinutes(17));
            }));
    kit.start();
    kit.runFor(Duration.ofHours(1));

    assertThat(waits(infra.polls).subList(1, 3)).containsOnly(Duration.ofMinutes(17));
  }

  @Tag("R10")
  @Test
  void losesNoPushDuringPoll() {
    web.pair("check a", "fix a").broken();
    kit.source(infra.has("c1", Pair.task("a")).takes(Duration.ofSeconds(3)));
    kit.start();
    kit.runFor(Duration.ofSeconds(1));
    for (int i = 0; i < 20; i++) {
      kit.reconciler().pollNow();
    }
    infra.has("c2", Pair.task("a"));

    kit.runFor(Duration.ofSeconds(10));

    assertThat(kit.reconciler().status().source().revision()).contains("c2");
    assertThat(infra.polls).hasSize(2);
  }

  @Tag("W07")
  @Test
  void foldsPushesDuringPollIntoOne() {
    kit.source(infra.has("c1").takes(Duration.ofSeconds(3)));
    kit.start();
    kit.runFor(Duration.ofSeconds(1));
    long before = heap();

    for (int i = 0; i < 200_000; i++) {
      kit.reconciler().pollNow();
    }

    assertThat(heap() - before).isLessThan(4 * 1024 * 1024);
    kit.runFor(Duration.ofSeconds(10));
    assertThat(infra.polls).hasSize(2);
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void keepsLastGoodRevisionOfEachSource() {
    ScriptedSource team = new ScriptedSource("team");
    web.pair("check a", "fix a").broken();
    web.pair("check b", "fix b").broken();
    kit.configure(builder -> builder.source(team));
    kit.source(infra.has("c1", Pair.task("a")));
    team.has("t1", Pair.task("b"));

    var report = kit.cycle();

    assertThat(report.task("a").on("web-01")).isRemediated();
    assertThat(report.task("b").on("web-01")).isRemediated();
    team.says(() -> new News.Broken("t2", List.of("x")));
    infra.has("c2", Pair.task("a"), Pair.task("c"));
    web.pair("check c", "fix c").healthy();
    assertThat(kit.cycle().task("b").on("web-01")).isInSync();
    assertThat(kit.reconciler().status().sources())
        .extracting(source -> source.name() + " " + source.revision().orElse("-"))
        .containsExactlyInAnyOrder("infra c2", "team t1");
  }

  @Test
  void refusesTaskOfTwoSourcesUntilOneDropsIt() {
    ScriptedSource team = new ScriptedSource("team");
    web.pair("check a", "fix a").healthy();
    web.pair("check b", "fix b").healthy();
    kit.configure(builder -> builder.source(team));
    kit.source(infra.has("c1", Pair.task("a")));
    kit.cycle();

    team.has("t1", Pair.task("A"), Pair.task("b"));
    kit.cycle();

    assertThat(told("source_broken"))
        .singleElement()
        .asString()
        .contains("task 'A': the source infra declares it, too");
    assertThat(kit.reconciler().status().sources().get(1).revision()).isEmpty();
    infra.has("c2", Pair.task("c"));
    web.pair("check c", "fix c").healthy();
    web.pair("check A", "fix A").healthy();
    kit.cycle();
    assertThat(kit.cycle().tasks()).extracting(task -> task.task()).contains("A", "b", "c");
  }

  @Test
  void reportsProblemsOfSourceWhenBuilt() {
    ManifestSource wrong =
        new ManifestSource() {
          @Override
          public Feed open(
              dev.fluke.time.Scheduler scheduler, dev.fluke.manifest.ManifestReader reader) {
            throw new AssertionError();
          }

          @Override
          public List<String> problems() {
            return List.of("one", "two");
          }

          @Override
          public String toString() {
            return "infra";
          }
        };

    assertThatThrownBy(() -> Reconciler.builder().source(wrong).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("reconciler: source infra: one; source infra: two");
  }

  @Test
  void reportsAuthorAndSubjectOfRevision() {
    Instant when = Instant.parse("2025-01-01T00:00:00Z");
    Revision revision =
        Revision.of("c1", dev.fluke.manifest.Manifest.of(Pair.task("a")))
            .madeBy("Ann", "Say hello", when)
            .remarks(List.of("one symlink was passed over"));
    web.pair("check a", "fix a").healthy();
    kit.source(infra.says(() -> new News.Good(revision)));

    kit.cycle();

    var status = kit.reconciler().status().source();
    assertThat(status.author()).isEqualTo("Ann");
    assertThat(status.subject()).isEqualTo("Say hello");
    assertThat(status.time()).contains(when);
    assertThat(told("revision_adopted").get(0))
        .contains("\"author\":\"Ann\"", "\"subject\":\"Say hello\"", "one symlink was passed over");
  }
}
