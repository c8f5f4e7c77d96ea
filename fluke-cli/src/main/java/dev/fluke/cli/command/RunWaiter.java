package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Map;

/** Waits for the end of a run, asking less and less often. */
record RunWaiter(Terminal terminal) {
  private static final Duration MOST = Duration.ofSeconds(2);

  /** The run at its end. */
  Map<String, Object> end(ApiClient caller, Map<String, Object> begun) throws Exception {
    Map<String, Object> run = begun;
    Duration pause = Duration.ofMillis(100);
    boolean told = false;
    try (Scheduler scheduler = Scheduler.system()) {
      while (!Boolean.TRUE.equals(run.get("done"))) {
        told |= terminal.isInteractive();
        if (told) {
          terminal.err().print("\rrun " + ApiJson.text(begun, "id") + " is under way … ");
        }
        scheduler.sleep(pause);
        pause = pause.compareTo(MOST) < 0 ? pause.multipliedBy(2) : MOST;
        run = DaemonClient.good(caller.get("/v1/runs/" + ApiJson.text(begun, "id"))).body();
      }
    }
    if (told) {
      terminal.err().print("\r\u001b[K");
    }
    return run;
  }
}
