package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.agent.Selector;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.OnFailure;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Manifests that an application declares in code become numbered revisions. */
class SuppliedRevisionsTest {
  private final Scheduler scheduler = Scheduler.system();
  private final Deque<Manifest> supplied = new ArrayDeque<>();
  private final SuppliedRevisions revisions = new SuppliedRevisions(supplied::poll, scheduler);

  @AfterEach
  void close() {
    scheduler.close();
  }

  private static Manifest declaring(String text) {
    return Manifest.of(task(new Text(text)).build());
  }

  private static Task.Builder task(Executor executor) {
    return Task.named("motd").on(Selector.label("role").is("web")).step("text", executor);
  }

  /** An executor that is a value. */
  private record Text(String text, List<String> lines) implements Executor {
    Text(String text) {
      this(text, List.of(text));
    }

    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  /** An executor whose declaration is code. */
  private record Odd(Supplier<Object> says) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}

    @Override
    public Object declaration() {
      return says.get();
    }
  }

  @Test
  void numbersEachNewContent() throws Exception {
    Manifest one = declaring("one");
    Manifest other = declaring("other");
    supplied.add(one);
    supplied.add(one);
    supplied.add(other);
    supplied.add(one);

    assertThat(revisions.next()).hasValueSatisfying(next -> assertThat(next).hasToString("code-1"));
    assertThat(revisions.next()).isEmpty();
    assertThat(revisions.next().orElseThrow().manifest()).isSameAs(other);
    assertThat(revisions.next().orElseThrow().id()).isEqualTo("code-3");
  }

  @Test
  void findsNothingNewInManifestThatIsBuiltAgain() throws Exception {
    for (int i = 0; i < 5; i++) {
      supplied.add(declaring("same"));
    }
    assertThat(revisions.next()).isPresent();

    for (int i = 0; i < 4; i++) {
      assertThat(revisions.next()).isEmpty();
    }
  }

  @Test
  void findsEachPartThatChanges() throws Exception {
    Text text = new Text("same");
    List<Task.Builder> changes =
        List.of(
            task(text),
            task(text).describedAs("words"),
            task(text).onDrift(DriftPolicy.ALERT_ONLY),
            task(text).on(Selector.label("role").is("db")),
            task(text).on(Selector.everyAgent()),
            task(text).step("more", text),
            Task.named("other").on(Selector.label("role").is("web")).step("text", text),
            task(new Text("same", List.of())),
            Task.named("motd")
                .on(Selector.label("role").is("web"))
                .step(Step.named("text", text).onFailure(OnFailure.CONTINUE)),
            Task.named("motd")
                .on(Selector.label("role").is("web"))
                .step(Step.named("text", text).timeout(Duration.ofSeconds(1))));
    changes.forEach(each -> supplied.add(Manifest.of(each.build())));

    for (int i = 1; i <= changes.size(); i++) {
      assertThat(revisions.next().orElseThrow().id()).isEqualTo("code-" + i);
    }
  }

  @Test
  void takesManifestAsNewThatCannotBeCompared() throws Exception {
    for (int i = 0; i < 3; i++) {
      supplied.add(
          Manifest.of(
              task(new Odd(
                      () -> {
                        throw new IllegalStateException("no config");
                      }))
                  .build()));
    }

    assertThat(revisions.next()).isPresent();
    assertThat(revisions.next()).isPresent();
    assertThat(revisions.next()).isPresent();
  }

  @Test
  void refusesNull() {
    assertThatThrownBy(revisions::next)
        .isInstanceOf(SourceUnavailableException.class)
        .hasMessage("the supplier of the manifest returned null");
  }
}
