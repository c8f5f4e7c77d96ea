package dev.fluke.tests.cycle;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Alert;
import dev.fluke.command.Secret;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.report.FleetStatus.TaskStatus;
import dev.fluke.report.Outcome;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.request.Scope;
import dev.fluke.source.ManifestSource;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Pair;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Equal content is the same declaration, and one that can't be had costs its own task only. */
@Tag("rule-12")
class DeclarationTest {
  private final AtomicInteger applies = new AtomicInteger();

  /** How the user's code goes wrong. */
  enum Fault {
    THROWS("declaration() of step 'step' failed: IllegalStateException: no config"),
    ERROR("declaration() of step 'step' failed: NoClassDefFoundError: gone"),
    NULL(
        "declaration() of step 'step' failed: dev.fluke.tests.cycle.DeclarationTest$Faulty returned null"),
    HANGS("declaration() of step 'step' did not return within 5 s"),
    CONTAINS_ITSELF("it contains itself"),
    EQUALS_THROWS("broken equals"),
    ACCESSOR_AND_EQUALS_THROW("broken equals");

    private final String says;

    Fault(String says) {
      this.says = says;
    }
  }

  /** What can't be compared. */
  private static final class Broken {
    @Override
    public boolean equals(@Nullable Object other) {
      throw new IllegalStateException("broken equals");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("broken hashCode");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("broken toString");
    }
  }

  @SuppressWarnings("UnusedMethod") // the digest calls it
  private record Hidden(Broken broken) {
    @Override
    public Broken broken() {
      throw new IllegalStateException("no accessor");
    }
  }

  /** An executor whose declaration goes wrong. */
  private final class Faulty implements Executor {
    private final Fault fault;
    private final FlukeKit kit;

    Faulty(Fault fault, FlukeKit kit) {
      this.fault = fault;
      this.kit = kit;
    }

    @Override
    public CheckResult check(Host host) {
      return CheckResult.drifted("x", "a", "b");
    }

    @Override
    public void apply(Host host) {
      applies.incrementAndGet();
    }

    @Override
    public Object declaration() {
      return switch (fault) {
        case THROWS -> throw new IllegalStateException("no config");
        case ERROR -> throw new NoClassDefFoundError("gone");
        case NULL -> null;
        case HANGS -> hang();
        case CONTAINS_ITSELF -> itself();
        case EQUALS_THROWS -> Arrays.asList(new Broken(), new Broken());
        case ACCESSOR_AND_EQUALS_THROW ->
            Arrays.asList(new Hidden(new Broken()), new Hidden(new Broken()));
      };
    }

    private Object hang() {
      try {
        kit.time().await(new CompletableFuture<>(), Duration.ofDays(9));
        return "late";
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private Object itself() {
      Object[] array = new Object[1];
      array[0] = array;
      return array;
    }
  }

  /** An executor that always fails, and is a value. */
  @SuppressWarnings("ArrayRecordComponent") // as records of users have them
  private record Failing(String[] argv, Secret secret, AtomicInteger applies) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.drifted("x", "a", "b");
    }

    @Override
    public void apply(Host host) {
      applies.incrementAndGet();
      throw new IllegalStateException("fails");
    }

    @Override
    public Object declaration() {
      return Arrays.asList(argv, secret);
    }
  }

  private static Task task(String name, Executor executor) {
    return Task.named(name).on(everyAgent()).step("step", executor).build();
  }

  @Tag("rule-26")
  @ParameterizedTest
  @EnumSource(Fault.class)
  void endsOnlyItsTaskUnknownAndAlerts(Fault fault) {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.pair("check good", "fix good").broken();
      kit.manifest(task("bad", new Faulty(fault, kit)), Pair.task("good")).start();
      kit.runFor(Duration.ofMinutes(10));

      TaskStatus bad = kit.reconciler().status().agent("web-01").task("bad");
      assertThat(bad.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(bad.reason()).contains(fault.says);
      assertThat(applies).hasValue(0);
      assertThat(web).ran("fix good").once();
      assertThat(kit.alerts()).extracting(Alert::event).containsExactly("check_unknown");
      var planned = kit.reconciler().plan(Scope.task("bad")).tasks();
      assertThat(planned).hasSize(1);
      assertThat(planned.get(0).steps())
          .allSatisfy(
              step -> {
                assertThat(step.verdict()).isEqualTo(Verdict.UNKNOWN);
                assertThat(step.message()).contains(fault.says);
              });
    }
  }

  @Tag("rule-22")
  @Test
  void keepsCauseAndBackoffWhenAllIsBuiltAgainAtEachPoll() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      kit.source(
          ManifestSource.supplied(
              () ->
                  Manifest.of(
                      task("t", new Failing(new String[] {"a"}, Secret.of("pass"), applies)))));

      kit.start().runFor(Duration.ofHours(2));

      TaskStatus task = kit.reconciler().status().agent("web-01").task("t");
      assertThat(task.cause()).contains(DriftCause.APPLY_INCOMPLETE);
      assertThat(applies).hasValueLessThan(9);
      assertThat(kit.reconciler().status().warnings()).isEmpty();
    }
  }

  /** Equal by its path; the lambda is another one each time. */
  private record Watched(String path, Runnable callback) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  @Test
  void warnsOnceOfWhatHasNoDigestAndNamesTheWayOut() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of());
      int[] polls = {0};
      kit.source(
          ManifestSource.supplied(
              () -> {
                int poll = ++polls[0];
                return Manifest.of(task("t", new Watched("/etc", () -> polls[0] = poll)));
              }));

      kit.start().runFor(Duration.ofMinutes(10));

      assertThat(kit.reconciler().status().warnings())
          .singleElement()
          .asString()
          .startsWith("task 't': step 'step': its declaration contains a lambda of ")
          .endsWith("make it a record of plain values, or implement Digestible");
      assertThat(kit.events()).filteredOn(event -> event.type().equals("warning")).hasSize(1);
    }
  }

  @Test
  void opensNoCycleForManifestOfSameContent() {
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent("web-01", Map.of()).pair("check a", "fix a").healthy();
      kit.source(ManifestSource.supplied(() -> Manifest.of(Pair.task("a"))));

      kit.start().runFor(Duration.ofHours(1));

      assertThat(kit.reconciler().status().source().revision()).contains("code-1");
      assertThat(kit.events())
          .filteredOn(event -> event.type().equals("revision_adopted"))
          .hasSize(1);
    }
  }
}
