package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.time.Scheduler;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsTest {
  private final Scheduler scheduler = Scheduler.system();
  private final Reconciler reconciler = Reconciler.builder().manifest(Manifest.empty()).build();
  private final Runs runs = new Runs(reconciler, scheduler);

  @AfterEach
  void close() {
    reconciler.close();
    scheduler.close();
  }

  @Test
  void numbersRunsAndKeepsTheirResults() {
    Map<String, Object> plan = runs.plan(runs.newId(), Scope.all());
    Map<String, Object> report =
        runs.reconcile(runs.newId(), ManualRun.of(Scope.all()), (done, failure) -> {});

    assertThat(plan).containsEntry("id", "1").containsEntry("done", true).containsKey("plan");
    assertThat(report).containsEntry("id", "2").containsEntry("done", true).containsKey("report");
    assertThat(runs.find("1")).contains(plan);
    assertThat(runs.find("3")).isEmpty();
  }

  @Test
  void rejectsUnknownNames() {
    assertThatThrownBy(() -> runs.plan(runs.newId(), Scope.task("nope")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404))
        .hasMessageStartingWith("no task 'nope'");
  }

  @Test
  void forgetsTheOldestOfMoreThanTwoHundred() {
    for (int i = 0; i < 201; i++) {
      runs.plan(runs.newId(), Scope.all());
    }
    assertThat(runs.find("1")).isEmpty();
    assertThat(runs.find("2")).isPresent();
    assertThat(runs.find("201")).isPresent();
  }
}
