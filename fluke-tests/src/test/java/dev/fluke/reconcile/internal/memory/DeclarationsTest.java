package dev.fluke.reconcile.internal.memory;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.command.Mask;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What tasks declare is asked once, off the lanes, and whatever hangs costs its own task only. */
@Tag("rule-12")
class DeclarationsTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final Declarations declarations = new Declarations(time, new LoopThread(), new Mask());
  private final List<String> asked = new ArrayList<>();

  @AfterEach
  void close() {
    declarations.close();
    time.runUntilIdle();
    time.close();
  }

  private record Saying(Callable<Object> says, boolean needsHost) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}

    @Override
    public Object declaration() {
      try {
        return says.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private Task task(String name, Callable<Object> says) {
    return task(name, says, false);
  }

  private Task task(String name, Callable<Object> says, boolean needsHost) {
    Callable<Object> counted =
        () -> {
          asked.add(name);
          return says.call();
        };
    return Task.named(name).on(everyAgent()).step("s", new Saying(counted, needsHost)).build();
  }

  private DeclaredTask of(Task task) {
    CompletableFuture<DeclaredTask> answer = new CompletableFuture<>();
    time.start("lane", () -> answer.complete(declarations.of(task)));
    time.runFor(Duration.ofSeconds(31));
    return answer.join();
  }

  /** Hangs until it is interrupted. */
  private Object hang() throws InterruptedException {
    time.await(new CompletableFuture<>(), Duration.ofDays(1));
    return "late";
  }

  /** Hangs for a day whatever happens. */
  private Object hangStubbornly() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    time.after(Duration.ofDays(1), () -> over.complete(null));
    while (!over.isDone()) {
      try {
        time.await(over, Duration.ofDays(1));
      } catch (InterruptedException ignored) {
        // as calls that ignore their interrupt do
      }
    }
    return "late";
  }

  @Test
  void asksEachTaskOnce() {
    Task task = task("a", () -> "x");
    declarations.begin(Manifest.of(task));

    assertThat(of(task).isSameAs(of(task))).isTrue();
    declarations.begin(Manifest.of(task));
    time.runFor(Duration.ofDays(1));
    assertThat(of(task).isKnown()).isTrue();

    assertThat(asked).containsExactly("a");
  }

  @Test
  void cutsDeclarationThatHangsAndGoesOnWithOthers() {
    Task hanging = task("hanging", this::hang);
    Task stubborn = task("stubborn", this::hangStubbornly);
    Task fine = task("fine", () -> "x");
    List<String> rounds = new ArrayList<>();
    declarations.whenKnown(() -> rounds.add("known"));

    declarations.begin(Manifest.of(hanging, stubborn, fine));
    time.runFor(Duration.ofSeconds(11));

    assertThat(declarations.known(hanging).problem())
        .isEqualTo("declaration() of step 's' did not return within 5 s");
    assertThat(declarations.known(stubborn).isKnown()).isFalse();
    assertThat(declarations.known(fine).isKnown()).isTrue();
    assertThat(rounds).containsExactly("known");
    time.runFor(Duration.ofDays(2));
  }

  @Test
  void asksAgainAfterAMinuteWhatFailed() {
    boolean[] works = {false};
    Task task =
        task(
            "a",
            () -> {
              if (works[0]) {
                return "x";
              }
              throw new IllegalStateException("no config");
            });
    assertThat(of(task).isKnown()).isFalse();
    assertThat(of(task).isKnown()).isFalse();
    assertThat(asked).hasSize(1);

    works[0] = true;
    assertThat(of(task).isKnown()).as("the last answer until there is another").isFalse();

    assertThat(of(task).isKnown()).isTrue();
    assertThat(asked).hasSize(2);
  }

  @Test
  void asksNoStuckDeclarationASecondTime() {
    Task stubborn = task("stubborn", this::hangStubbornly);
    for (int i = 0; i < 10; i++) {
      assertThat(of(stubborn).isKnown()).isFalse();
    }

    assertThat(asked).hasSize(1);
    time.runFor(Duration.ofDays(2));
  }

  @Test
  void waitsNoLongerThanHalfAMinute() {
    List<Task> hanging = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      hanging.add(task("t" + i, this::hang));
    }
    declarations.begin(Manifest.of(hanging));

    assertThat(of(hanging.get(19)).problem()).contains("not known yet");
  }

  @Tag("rule-31")
  @Test
  void knowsNothingMoreOnceItIsClosed() {
    Task hanging = task("hanging", this::hang);
    Task next = task("next", () -> "x");
    declarations.begin(Manifest.of(hanging, next));
    CompletableFuture<DeclaredTask> waiting = new CompletableFuture<>();
    time.start("lane", () -> waiting.complete(declarations.of(next)));
    time.runUntilIdle();

    declarations.close();
    time.runUntilIdle();

    assertThat(waiting.join().problem()).isEqualTo("the reconciler was closed");
    assertThat(asked).containsExactly("hanging");
    assertThat(time.parkedWork()).isEmpty();
  }

  @Tag("rule-31")
  @Test
  void answersAtOnceForTaskThatComesAfterClose() {
    declarations.close();
    Task late = task("late", () -> "x");
    declarations.begin(Manifest.of(late));

    assertThat(declarations.known(late).problem()).isEqualTo("the reconciler was closed");
    CompletableFuture<DeclaredTask> answer = new CompletableFuture<>();
    time.start("lane", () -> answer.complete(declarations.of(late)));
    time.runUntilIdle();
    assertThat(answer).isCompleted();
    assertThat(asked).isEmpty();
  }

  @Test
  void leavesOutAgentWithoutHostOnceItIsKnownThatTaskNeedsOne() {
    Task task = task("a", () -> "x", true);
    Agent without = Agent.named("api");
    Agent with = Agent.named("web", FakeHost.named("h"));
    assertThat(declarations.isFor(task, without)).as("not known yet").isTrue();

    declarations.begin(Manifest.of(task));
    time.runUntilIdle();

    assertThat(declarations.isFor(task, without)).isFalse();
    assertThat(declarations.isFor(task, with)).isTrue();
    Task other =
        Task.named("b")
            .on(Selector.label("role").is("web"))
            .step("s", new Saying(() -> "x", false))
            .build();
    assertThat(declarations.isFor(other, with)).isFalse();
  }
}
