package dev.fluke.reconcile.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagedAgentTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final Agent web = Agent.named("web", FakeHost.named("h1"));
  private final ManagedAgent managed = LaneFixture.managed(web, time);
  private final List<String> rang = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void keepsConnectionWhenOnlyLabelsChange() {
    var before = managed.connection();
    managed.checked();

    managed.become(web.label("role", "web"));

    assertThat(managed.connection()).isSameAs(before);
    assertThat(managed.wasChecked()).isTrue();
    assertThat(managed.agent().labels()).containsEntry("role", "web");
  }

  @Test
  void opensNewConnectionWhenTransportShellOrPathChanges() {
    for (Agent changed :
        List.of(
            Agent.named("web", FakeHost.named("h2")),
            web.defaultShell("/bin/dash"),
            web.path("/opt/bin"))) {
      ManagedAgent agent = LaneFixture.managed(web, time);
      var before = agent.connection();
      agent.checked();

      agent.become(changed);

      assertThat(agent.connection()).isNotSameAs(before);
      assertThat(agent.wasChecked()).as("has to be checked again").isFalse();
    }
  }

  @Test
  void knowsWhetherItIsDeclaredSo() {
    assertThat(managed.isDeclaredAs(web)).isTrue();
    assertThat(managed.isDeclaredAs(web.label("role", "web"))).isFalse();
    assertThat(managed.isDeclaredAs(web.transport(FakeHost.named("h1")))).isFalse();
  }

  @Test
  void reportsEachChangeOfReachabilityOnce() {
    assertThat(managed.isNewsThatUnreachable(false)).isFalse();
    assertThat(managed.isNewsThatUnreachable(true)).isTrue();
    assertThat(managed.isNewsThatUnreachable(true)).isFalse();
    assertThat(managed.isNewsThatUnreachable(false)).isTrue();
  }

  @Test
  void cancelsTimerThatIsReplaced() {
    managed.setPollTimer(time.after(Duration.ofSeconds(1), () -> rang.add("first")));
    managed.setPollTimer(time.after(Duration.ofSeconds(1), () -> rang.add("second")));
    managed.setRetryTimer(time.after(Duration.ofSeconds(1), () -> rang.add("retry")));

    time.runFor(Duration.ofSeconds(2));

    assertThat(rang).containsExactlyInAnyOrder("second", "retry");
  }

  @Test
  void stopsTimersWhenRemoved() {
    managed.setPollTimer(time.after(Duration.ofSeconds(1), () -> rang.add("poll")));
    managed.setRetryTimer(time.after(Duration.ofSeconds(1), () -> rang.add("retry")));

    managed.removed();
    time.runFor(Duration.ofSeconds(2));

    assertThat(managed.isRemoved()).isTrue();
    assertThat(rang).isEmpty();
  }
}
