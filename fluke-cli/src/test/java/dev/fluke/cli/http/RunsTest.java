package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.fluke.agent.Selector;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Right;
import dev.fluke.command.CommandResult;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunsTest {
  private static final Caller ANN = Caller.unrestricted("ann");

  private final Scheduler scheduler = Scheduler.system();
  private final Reconciler reconciler = Reconciler.builder().manifest(Manifest.empty()).build();
  private final Runs runs = new Runs(reconciler, scheduler);

  @AfterEach
  void close() {
    reconciler.close();
    scheduler.close();
  }

  private Call call(Caller caller) {
    return new Call(ApiRequest.of(caller, "POST", "/v1/plan", new byte[0]));
  }

  @Test
  void numbersRunsAndKeepsTheirResults() {
    Map<String, Object> plan = runs.plan(call(ANN), Scope.all());
    Map<String, Object> report =
        runs.reconcile(call(ANN), ManualRun.of(Scope.all()), () -> {}, (done, failure) -> {});

    assertThat(plan).containsEntry("id", "1").containsEntry("done", true).containsKey("plan");
    assertThat(report).containsEntry("id", "2").containsEntry("done", true).containsKey("report");
    assertThat(runs.find(ANN, "1", Optional.empty())).contains(plan);
    assertThat(runs.find(ANN, "3", Optional.empty())).isEmpty();
  }

  @Test
  void showsARunToItsCallerAndToReadersOfAllAgents() {
    Caller ci = new Caller("ci", Set.of(Right.PLAN), ANN.on());
    Caller web = new Caller("web", Right.all(), Selector.label("role").is("web"));
    runs.plan(call(ci), Scope.all());

    assertThat(runs.find(ci, "1", Optional.empty())).isPresent();
    assertThat(runs.find(ANN, "1", Optional.empty())).isPresent();
    assertThat(runs.find(web, "1", Optional.empty())).isEmpty();
    assertThat(runs.find(new Caller("bob", Set.of(Right.PLAN), ANN.on()), "1", Optional.empty()))
        .isEmpty();
  }

  @Test
  void suggestsNoLabelsToACallerOfSomeAgents() {
    Caller web = new Caller("web", Right.all(), Selector.label("rol").absent());

    assertThat(runs.plan(call(ANN), Scope.selector(web.on())).toString())
        .contains("no agent has a label 'rol'");
    assertThat(runs.plan(call(web), Scope.selector(web.on())).toString())
        .contains("matches nothing")
        .doesNotContain("label 'rol'");
  }

  @Test
  void rejectsUnknownNames() {
    assertThatThrownBy(() -> runs.plan(call(ANN), Scope.task("nope")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(404))
        .hasMessageStartingWith("no task 'nope'");
  }

  @Test
  void leavesOthersTheirTurnBesideACallerWithManyRuns() {
    CountDownLatch end = new CountDownLatch(1);
    try (TwoTeams teams = new TwoTeams()) {
      teams.reconciler.cycle();
      teams.web.answer(
          "check motd",
          command -> {
            Uninterruptibles.awaitUninterruptibly(end);
            return CommandResult.exited(0);
          });
      List<CompletableFuture<ApiResponse>> asked =
          Stream.generate(
                  () ->
                      CompletableFuture.supplyAsync(
                          () -> teams.post(TwoTeams.WEB, "/v1/plan", "{'agent':'web-01'}"),
                          work -> new Thread(work).start()))
              .limit(17)
              .toList();

      assertThat(asked)
          .map(response -> response.join().status())
          .containsOnly(202, 429)
          .containsOnlyOnce(429);
      assertThat(teams.post(TwoTeams.ADMIN, "/v1/plan", "{'agent':'hidden-01'}").text())
          .contains("\"done\":true");
      end.countDown();
    } finally {
      end.countDown();
    }
  }

  @Test
  void forgetsARunThatMayNotBegin() {
    Runnable begin =
        () -> {
          throw new ApiException(503, "no audit");
        };

    assertThatThrownBy(
            () -> runs.reconcile(call(ANN), ManualRun.of(Scope.all()), begin, (done, e) -> {}))
        .hasMessage("no audit");
    assertThat(runs.find(ANN, "1", Optional.empty())).isEmpty();
  }

  @Test
  void forgetsTheOldestOfMoreThanTwoHundred() {
    for (int i = 0; i < 201; i++) {
      runs.plan(call(ANN), Scope.all());
    }
    assertThat(runs.find(ANN, "1", Optional.empty())).isEmpty();
    assertThat(runs.find(ANN, "2", Optional.empty())).isPresent();
    assertThat(runs.find(ANN, "201", Optional.empty())).isPresent();
  }
}
