package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The task that a cycle works on now. */
class CurrentTaskTest {

  @Test
  void knowsTheLatestTaskOnly() {
    CurrentTask current = new CurrentTask();
    TaskRun a = Probe.run("a", "step");
    TaskRun same = Probe.run("a", "step");
    assertThat(current.is(a)).isFalse();

    current.set(a);
    assertThat(current.is(a)).isTrue();
    assertThat(current.is(same)).isFalse();

    current.set(same);
    assertThat(current.is(a)).isFalse();
    assertThat(current.is(same)).isTrue();
  }
}
