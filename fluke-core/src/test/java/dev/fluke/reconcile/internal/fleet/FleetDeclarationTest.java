package dev.fluke.reconcile.internal.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.transport.Local;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetDeclarationTest {
  private static final Agent WEB = Agent.named("web-01").label("role", "web");

  /** An executor that warns. */
  private record Warning(List<String> warnings) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  private static Manifest task(Selector selector, String... warnings) {
    return Manifest.of(
        Task.named("t").on(selector).step("s", new Warning(List.of(warnings))).build());
  }

  @Test
  void findsNoProblemInDistinctAgents() {
    assertThat(FleetDeclaration.problems(List.of())).isEmpty();
    assertThat(FleetDeclaration.problems(List.of(WEB, Agent.named("web-02")))).isEmpty();
  }

  @Test
  void refusesNamesThatDifferInCaseOnly() {
    assertThat(FleetDeclaration.problems(List.of(WEB, Agent.named("Web-01"))))
        .contains("two agents named 'Web-01'; agent names are unique, case aside");
  }

  @Test
  void refusesSharedAddressUnlessEachAgentAllowsIt() {
    Agent a = Agent.named("a", Local.machine());
    Agent b = Agent.named("b", Local.machine());

    assertThat(FleetDeclaration.problems(List.of(a.sharingAddress(), b)))
        .containsExactly(
            "agents ['a', 'b'] have one address, %s; if that is meant, call sharingAddress() on each"
                .formatted(a.address()));
    assertThat(FleetDeclaration.problems(List.of(a.sharingAddress(), b.sharingAddress())))
        .isEmpty();
  }

  @Test
  void warnsOfSelectorThatMatchesNoAgent() {
    assertThat(FleetDeclaration.warnings(task(Selector.label("role").is("db")), List.of(WEB)))
        .containsExactly(
            "task 't': its selector matches no agent: " + Selector.label("role").is("db"));
  }

  @Test
  void suggestsNearLabelForUnknownOne() {
    assertThat(FleetDeclaration.warnings(task(Selector.label("roles").is("web")), List.of(WEB)))
        .contains("task 't': no agent has a label 'roles'; did you mean 'role'?");
  }

  @Test
  void warnsOfNoSelectorWhileThereIsNoAgent() {
    assertThat(FleetDeclaration.warnings(task(Selector.label("role").is("db")), List.of()))
        .isEmpty();
  }

  @Test
  void namesTaskAndStepOfEachWarningOfExecutors() {
    assertThat(FleetDeclaration.warnings(task(Selector.everyAgent(), "x", "y"), List.of(WEB)))
        .containsExactly("task 't': step 's': x", "task 't': step 's': y");
  }
}
