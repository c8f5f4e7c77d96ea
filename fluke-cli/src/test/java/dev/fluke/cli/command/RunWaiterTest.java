package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.client.ApiReply;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunWaiterTest {
  private static final Map<String, Object> STARTED = Map.of("id", "7", "done", false);
  private static final Map<String, Object> DONE = Map.of("id", "7", "done", true);

  @Test
  void pollsUntilTheRunIsDone() throws Exception {
    CapturedTerminal captured = CapturedTerminal.create();
    ScriptedClient client =
        ScriptedClient.replying(new ApiReply(200, STARTED), new ApiReply(200, DONE));

    assertThat(new RunWaiter(captured.terminal()).end(client, STARTED)).isEqualTo(DONE);
    assertThat(client.requests()).containsExactly("GET /v1/runs/7", "GET /v1/runs/7");
    assertThat(captured.err()).isEmpty();
  }

  @Test
  void returnsAFinishedRunWithoutARequest() throws Exception {
    CapturedTerminal captured = CapturedTerminal.interactive();

    assertThat(new RunWaiter(captured.terminal()).end(ScriptedClient.replying(), DONE))
        .isEqualTo(DONE);
    assertThat(captured.err()).isEmpty();
  }

  @Test
  void showsAndClearsProgressOnATerminal() throws Exception {
    CapturedTerminal captured = CapturedTerminal.interactive();

    new RunWaiter(captured.terminal())
        .end(ScriptedClient.replying(new ApiReply(200, DONE)), STARTED);

    assertThat(captured.err()).isEqualTo("\rrun 7 is in progress … \r\u001b[K");
  }

  @Test
  void failsIfTheRunFails() {
    RunWaiter waiter = new RunWaiter(CapturedTerminal.create().terminal());
    ApiReply failed = new ApiReply(404, Map.of("error", "no run '7'; the latest 200 are kept"));

    assertThatThrownBy(() -> waiter.end(ScriptedClient.replying(failed), STARTED))
        .isInstanceOf(CommandException.class)
        .hasMessage("no run '7'; the latest 200 are kept");
  }
}
