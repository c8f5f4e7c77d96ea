package dev.fluke.reconcile.internal.memory;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.agent.Selector.label;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.command.internal.OpaqueValues;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Task;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What executors say about themselves, and what becomes of it when they can't. */
@Tag("rule-12")
class ExaminationTest {
  private final OpaqueValues opaque = new OpaqueValues();

  /** A value. */
  private record Text(String text) implements Idle {}

  @SuppressWarnings("ArrayRecordComponent") // as records of users have them
  private record Arguments(String[] argv, Secret secret) implements Idle {}

  private record Acting(Runnable action) implements Idle {}

  private interface Idle extends Executor {
    @Override
    default CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    default void apply(Host host) {}
  }

  /** An executor whose answers are code. */
  private record Saying(
      Callable<@Nullable Object> declares,
      Callable<Boolean> needs,
      Callable<@Nullable List<String>> warns)
      implements Idle {
    static Saying declaring(Callable<@Nullable Object> declares) {
      return new Saying(declares, () -> false, List::of);
    }

    private static <T> T call(Callable<T> code) {
      try {
        return code.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalArgumentException("checked", e);
      }
    }

    @Override
    public Object declaration() {
      return call(declares);
    }

    @Override
    public boolean needsHost() {
      return call(needs);
    }

    @Override
    public List<String> warnings() {
      return call(warns);
    }
  }

  private static Task.Builder task(Executor... steps) {
    Task.Builder task = Task.named("t").on(everyAgent());
    for (int i = 0; i < steps.length; i++) {
      task = task.step("s" + i, steps[i]);
    }
    return task;
  }

  private DeclaredTask examined(Task.Builder task) {
    Examination examination = new Examination(task.build(), opaque, new Mask());
    examination.run();
    return examination.result();
  }

  private DeclaredTask examined(Executor... steps) {
    return examined(task(steps));
  }

  @Test
  void declaresStepsWhateverElseChanges() {
    DeclaredTask declared = examined(new Text("one"), new Text("two"));

    assertThat(declared.isKnown()).isTrue();
    assertThat(
            declared.isSameAs(
                examined(
                    task(new Text("one"), new Text("two"))
                        .describedAs("other words")
                        .on(label("role").is("web"))
                        .onDrift(DriftPolicy.ALERT_ONLY))))
        .isTrue();
    assertThat(declared.isSameAs(examined(new Text("two"), new Text("one")))).isFalse();
    assertThat(declared.isSameAs(examined(new Text("one")))).isFalse();
    assertThat(declared.isSameAs(examined(task(new Text("one")).step("other", new Text("two")))))
        .isFalse();
  }

  @Test
  void declaresTheSameForArraysAndSecretsMadeAgain() {
    DeclaredTask declared = examined(new Arguments(new String[] {"a"}, Secret.of("s")));

    assertThat(declared.isSameAs(examined(new Arguments(new String[] {"a"}, Secret.of("s")))))
        .isTrue();
    assertThat(declared.isSameAs(examined(new Arguments(new String[] {"a"}, Secret.of("t")))))
        .isFalse();
    assertThat(declared.warnings()).isEmpty();
    assertThat(declared.mayChange()).isFalse();
  }

  @Test
  void mayChangeWhenItsSecretIsFetched() {
    assertThat(examined(new Arguments(new String[0], Secret.from(() -> "s"))).mayChange()).isTrue();
  }

  @Test
  void warnsOnceOfClassWithoutDigest() {
    Runnable action = () -> {};
    DeclaredTask declared = examined(new Text("plain"), new Acting(action), new Acting(() -> {}));

    assertThat(declared.warnings())
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo(
            "step 's1': its declaration contains a lambda of %s: without equals(), it counts as changed whenever it is another object; make it a record of plain values, or implement Digestible"
                .formatted(ExaminationTest.class.getName()));
    assertThat(declared.isKnown()).isTrue();
    assertThat(examined(new Acting(action)).isSameAs(examined(new Acting(action)))).isTrue();
  }

  @Test
  void saysWhichDeclarationFailedAndWhy() {
    DeclaredTask failed =
        examined(
            new Text("fine"),
            Saying.declaring(
                () -> {
                  throw new IllegalStateException("no config", new RuntimeException("no file"));
                }));

    assertThat(failed.isKnown()).isFalse();
    assertThat(failed.problem())
        .isEqualTo(
            "declaration() of step 's1' failed: IllegalStateException: no config; caused by RuntimeException: no file");
    assertThat(failed.isSameAs(failed)).isFalse();
    assertThat(failed.mayChange()).as("asked again").isTrue();
  }

  @Test
  void saysThatDeclarationIsNullOrCannotBeRead() {
    assertThat(examined(Saying.declaring(() -> null)).problem())
        .isEqualTo(
            "declaration() of step 's0' failed: %s returned null"
                .formatted(Saying.class.getName()));
    Object[] itself = new Object[1];
    itself[0] = itself;
    assertThat(examined(Saying.declaring(() -> itself)).problem())
        .startsWith(
            "reading the declaration of step 's0' failed: IllegalArgumentException: it con");
    assertThat(
            examined(
                    Saying.declaring(
                        () ->
                            Secret.from(
                                () -> {
                                  throw new IllegalStateException("vault is sealed");
                                })))
                .problem())
        .contains("vault is sealed");
  }

  @Test
  void containsErrors() {
    assertThat(
            examined(
                    Saying.declaring(
                        () -> {
                          throw new StackOverflowError();
                        }))
                .problem())
        .isEqualTo("declaration() of step 's0' failed: StackOverflowError");
  }

  @Test
  void needsHostIfOneStepDoes() {
    Saying needing = new Saying(() -> "x", () -> true, List::of);
    assertThat(examined(new Text("one"), needing).needsHost()).isTrue();
    assertThat(examined(new Text("one")).needsHost()).isFalse();
  }

  @Test
  void warnsWhenOtherQuestionsFail() {
    Saying odd =
        new Saying(
            () -> "x",
            () -> {
              throw new IllegalStateException("oops");
            },
            () -> null);
    DeclaredTask declared =
        examined(odd, new Saying(() -> "x", () -> false, () -> Arrays.asList("a\nb", null)));

    assertThat(declared.isKnown()).isTrue();
    assertThat(declared.needsHost()).isFalse();
    assertThat(declared.warnings())
        .containsExactly(
            "step 's0': its needsHost() failed: IllegalStateException: oops",
            "step 's0': warnings() of %s returned null".formatted(Saying.class.getName()),
            "step 's1': a\\nb",
            "step 's1': warnings() of %s has a null in its list".formatted(Saying.class.getName()));
  }
}
