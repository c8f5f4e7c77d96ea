package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that hang, throw or return null in each of their methods: none hurts anything else. */
@Tag("rule-25")
class SourceFeedTest {
  private final FlukeKit kit = FlukeKit.create();
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private final Scripted scripted = new Scripted();
  private final FakeHost web = kit.agent("web-01", Map.of());

  /** A source whose methods do what the test says. */
  private static final class Scripted implements ManifestSource, ManifestSource.Feed {
    private Callable<Feed> opens = () -> this;
    private Callable<News> polls =
        () -> new News.Good(Revision.of("c1", Manifest.of(Pair.task("a"))));
    private Callable<?> closes = () -> this;
    private int opened;

    @Override
    public Feed open(Scheduler scheduler, ManifestReader reader) {
      opened++;
      return Scripted.<Feed, RuntimeException>call(opens);
    }

    @Override
    public News poll() throws Exception {
      return polls.call();
    }

    @Override
    public void close() {
      Scripted.<Object, RuntimeException>call(closes);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T, E extends Throwable> T call(Callable<? extends T> what) throws E {
      try {
        return what.call();
      } catch (Throwable t) {
        throw (E) t;
      }
    }

    @Override
    public String toString() {
      return "infra";
    }
  }

  @BeforeEach
  void follow() {
    web.pair("check a", "fix a").healthy();
    kit.source(scripted);
  }

  @AfterEach
  void close() {
    letGo.complete(null);
    kit.close();
  }

  private SourceStatus status() {
    return kit.reconciler().status().source();
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> T hang() {
    Later.awaitStubbornly(kit, letGo);
    throw new IllegalStateException("let go");
  }

  private List<String> unreachable() {
    return kit.events().stream()
        .filter(event -> event.type().equals("source_unreachable"))
        .map(event -> event.field("message").orElse(""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void opensAgainAtNextPollIfOpenFails(boolean throwing) {
    AtomicReference<ManifestSource.Feed> none = new AtomicReference<>();
    scripted.opens =
        throwing
            ? () -> {
              throw new NoClassDefFoundError("gone");
            }
            : none::get;
    kit.start().runFor(Duration.ofSeconds(1));
    assertThat(status().lastError())
        .isEqualTo(
            throwing
                ? "not usable: NoClassDefFoundError: gone; a class does not fit"
                : "unavailable: its open(..) returned null");
    assertThat(status().revision()).isEmpty();

    scripted.opens = () -> scripted;
    kit.runFor(Duration.ofMinutes(5));

    assertThat(status().revision()).contains("c1");
    assertThat(status().lastError()).isEmpty();
    assertThat(unreachable()).hasSize(1);
    kit.runFor(Duration.ofMinutes(5));
    assertThat(scripted.opened).as("opened once more").isBetween(2, 3);
  }

  @Test
  void keepsRevisionWhenPollBreaksItsContract() {
    kit.start().runFor(Duration.ofSeconds(1));
    AtomicReference<ManifestSource.News> none = new AtomicReference<>();
    AtomicReference<Revision> nothing = new AtomicReference<>();
    AtomicReference<String> nameless = new AtomicReference<>();
    Map<Callable<ManifestSource.News>, String> answers =
        Map.of(
            none::get,
            "its poll() returned null",
            () -> new ManifestSource.News.Good(nothing.get()),
            "its poll() returned a new revision that is null",
            () -> new ManifestSource.News.Broken(nameless.get(), List.of("x")),
            "its poll() returned a broken revision whose id is null",
            () -> {
              throw new StackOverflowError();
            },
            "StackOverflowError");
    answers.forEach(
        (answer, why) -> {
          scripted.polls = answer;
          kit.cycle();

          assertThat(status().lastError()).isEqualTo("unavailable: " + why);
          assertThat(status().revision()).contains("c1");
        });
    assertThat(unreachable()).as("once").hasSize(1);
  }

  @Test
  void showsSourceThatHangsAndGoesOnWithCycles() {
    kit.start().runFor(Duration.ofMinutes(2));
    scripted.polls = this::hang;
    kit.runFor(Duration.ofSeconds(89));
    assertThat(status().lastError()).isEmpty();
    int asked = web.asked().size();
    kit.runFor(Duration.ofMinutes(5));

    assertThat(status().lastError()).matches("no answer for [45] min.*: polled since 2025-.*Z");
    assertThat(web.asked().size() - asked).isBetween(4, 6);
    assertThat(unreachable()).isEmpty();
    kit.runFor(Duration.ofHours(3));
    assertThat(unreachable()).containsExactly("no answer for 10 min");
    scripted.polls = () -> new ManifestSource.News.Unchanged();
    letGo.complete(null);
    kit.runFor(Duration.ofMinutes(10));
    assertThat(status().lastError()).isEmpty();
  }

  @Test
  void buildsAndManagesThoughOpenHangs() {
    scripted.opens = this::hang;
    kit.start().runFor(Duration.ofMinutes(1));

    assertThat(status().lastError()).startsWith("no answer for 1 min");
    assertThat(kit.reconciler().plan(dev.fluke.request.Scope.all()).isComplete()).isFalse();
    scripted.opens = () -> scripted;
    letGo.complete(null);
    kit.runFor(Duration.ofMinutes(10));
    assertThat(status().revision()).contains("c1");
  }

  @Test
  void interruptsPollAfterAnHour() {
    kit.start().runFor(Duration.ofMinutes(2));
    scripted.polls =
        () -> {
          kit.time().sleep(Duration.ofDays(9));
          throw new AssertionError();
        };
    kit.runFor(Duration.ofMinutes(30));
    scripted.polls = () -> new ManifestSource.News.Unchanged();
    kit.runFor(Duration.ofHours(1));

    assertThat(status().lastError()).isEmpty();
    assertThat(unreachable()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"poll", "close", "both"})
  void closesWithinFiveSecondsThoughSourceHangs(String where) {
    kit.start().runFor(Duration.ofMinutes(2));
    if (!where.equals("poll")) {
      scripted.closes = this::hang;
    }
    if (!where.equals("close")) {
      scripted.polls = this::hang;
      kit.runFor(Duration.ofMinutes(2));
    }
    long before = kit.time().nanoTime();

    kit.reconciler().close();

    assertThat(Duration.ofNanos(kit.time().nanoTime() - before))
        .isLessThanOrEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void closesThoughSourceThrows() {
    kit.cycle();
    scripted.closes =
        () -> {
          throw new StackOverflowError();
        };

    kit.reconciler().close();

    assertThat(kit.time().parkedWork()).isEmpty();
  }

  @Test
  void closesFeedThatWasOpenedDuringTheClose() {
    int[] closed = {0};
    scripted.opens =
        () -> {
          Later.awaitStubbornly(kit, letGo);
          return scripted;
        };
    scripted.closes = () -> closed[0]++;
    kit.start().runFor(Duration.ofSeconds(1));
    kit.reconciler().close();
    assertThat(closed[0]).isZero();

    letGo.complete(null);
    kit.time().runUntilIdle();

    assertThat(closed[0]).isEqualTo(1);
  }
}
