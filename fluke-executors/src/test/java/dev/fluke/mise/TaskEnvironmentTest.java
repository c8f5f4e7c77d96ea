package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import org.junit.jupiter.api.Test;

class TaskEnvironmentTest {

  @Test
  void keepsEveryVariableAndTheUser() {
    Secret token = Secret.of("canary");
    Command command =
        TaskEnvironment.EMPTY
            .env("A", "1")
            .env("TOKEN", token)
            .runAs("app")
            .env("B", "2")
            .shell("x");

    assertThat(command)
        .isEqualTo(Command.shell("x").env("A", "1").env("TOKEN", token).env("B", "2").runAs("app"));
    assertThat(command.revealEnv()).containsEntry("TOKEN", "canary");
    assertThat(command.toString()).doesNotContain("canary");
  }

  @Test
  void leavesTheValueItWasMadeFromAlone() {
    TaskEnvironment one = TaskEnvironment.EMPTY.env("A", "1");

    assertThat(one.env("A", "2")).isNotEqualTo(one);
    assertThat(one.env()).containsEntry("A", "1");
  }

  @Test
  void rejectsInvalidNamesAtOnce() {
    assertThatThrownBy(() -> TaskEnvironment.EMPTY.env("A B", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskEnvironment.EMPTY.env("A=", Secret.of("canary")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TaskEnvironment.EMPTY.runAs("root; id"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
