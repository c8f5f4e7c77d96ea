package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Selector;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.Task;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The defaults of a source, and the sources that the interface itself makes. */
class ManifestSourceTest {
  private static final ManifestSource BARE = (scheduler, reader) -> News.Unchanged::new;

  private static ManifestSource.Feed open(ManifestSource source) {
    try (Scheduler scheduler = Scheduler.system()) {
      return source.open(scheduler, ManifestReader.of());
    }
  }

  @Test
  void hasDefaultsForAllButOpen() {
    assertThat(BARE.problems()).isEmpty();
    assertThat(BARE.pollInterval()).isEmpty();
    assertThat(BARE.allowsEmpty()).isFalse();
  }

  @Test
  void yieldsAFixedManifestOnce() throws Exception {
    Manifest manifest = Manifest.of();
    ManifestSource.Feed feed = open(ManifestSource.of(manifest));

    assertThat(feed.poll())
        .isInstanceOfSatisfying(
            News.Good.class,
            good -> {
              assertThat(good.revision().id()).isEqualTo("code-1");
              assertThat(good.revision().manifest()).isSameAs(manifest);
            });
    assertThat(feed.poll()).isEqualTo(new News.Unchanged());
  }

  private record Nothing() implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  private static Task task(String name) {
    return Task.named(name).on(Selector.everyAgent()).step("s", new Nothing()).build();
  }

  @Test
  void numbersTheRevisionsOfEachFeedFromOne() throws Exception {
    int[] polls = {0};
    ManifestSource source =
        ManifestSource.supplied(() -> Manifest.of(task("t" + ++polls[0]), task("u")));
    ManifestSource.Feed first = open(source);
    first.poll();

    assertThat(first.poll()).extracting("revision.id").isEqualTo("code-2");
    assertThat(open(source).poll()).extracting("revision.id").isEqualTo("code-1");
    assertThat(source).hasToString("code");
  }

  @Test
  void passesOnWhatTheSupplierThrows() {
    ManifestSource.Feed feed =
        open(
            ManifestSource.supplied(
                () -> {
                  throw new IllegalStateException("no database");
                }));

    assertThatThrownBy(feed::poll).hasMessage("no database");
  }

  @Test
  void copiesTheErrorsOfBrokenNews() {
    List<String> errors = new ArrayList<>(List.of("a.yaml:1:1: wrong"));
    News.Broken broken = new News.Broken("abc", errors);
    errors.clear();

    assertThat(broken.errors()).containsExactly("a.yaml:1:1: wrong");
  }
}
