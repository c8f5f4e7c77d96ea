package dev.fluke.reconcile.internal.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.agent.Selector;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.memory.Declaration;
import dev.fluke.reconcile.internal.memory.DeclaredTask;
import dev.fluke.transport.Local;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetDeclarationTest {
  private static final Agent WEB = Agent.named("web-01").label("role", "web");

  /** An executor that no test of this class runs. */
  private record Idle() implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  private static Manifest task(Selector selector) {
    return Manifest.of(Task.named("t").on(selector).step("s", new Idle()).build());
  }

  private static List<String> warnings(Selector selector, Agent... agents) {
    return FleetDeclaration.warnings(task(selector), List.of(agents), task -> null);
  }

  private static DeclaredTask said(boolean needsHost, String... warnings) {
    return new DeclaredTask(Declaration.of("t"), "", needsHost, List.of(warnings), false);
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
    assertThat(warnings(Selector.label("role").is("db"), WEB))
        .containsExactly(
            "task 't': its selector matches no agent: " + Selector.label("role").is("db"));
  }

  @Test
  void suggestsNearLabelForUnknownOne() {
    assertThat(warnings(Selector.label("roles").is("web"), WEB))
        .contains("task 't': no agent has a label 'roles'; did you mean 'role'?");
  }

  @Test
  void warnsOfNoSelectorWhileThereIsNoAgent() {
    assertThat(warnings(Selector.label("role").is("db"))).isEmpty();
  }

  @Test
  void namesTaskOfEachWarningOfExecutors() {
    assertThat(
            FleetDeclaration.warnings(
                task(Selector.everyAgent()),
                List.of(WEB),
                task -> said(false, "step 's': x", "step 's': y")))
        .containsExactly("task 't': step 's': x", "task 't': step 's': y");
  }

  @Test
  void namesAgentsWithoutHostThatAreLeftOut() {
    Agent here = Agent.named("here", Local.machine());

    assertThat(
            FleetDeclaration.warnings(
                task(Selector.everyAgent()), List.of(WEB, here), task -> said(true)))
        .containsExactly(
            "task 't': its steps need a host; it leaves out agents without a transport: 'web-01'");
    assertThat(
            FleetDeclaration.warnings(
                task(Selector.everyAgent()),
                IntStream.range(0, 12).mapToObj(i -> Agent.named("a" + i)).toList(),
                task -> said(true)))
        .singleElement()
        .asString()
        .endsWith("'a8', 'a9' and 2 more");
  }
}
