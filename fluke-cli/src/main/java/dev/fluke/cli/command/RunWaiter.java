package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.Map;

/** Waits for the end of a run, polling at growing intervals. */
record RunWaiter(Terminal terminal) {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** Polls until the run is done; returns it. */
  Map<String, Object> end(ApiClient client, Map<String, Object> started) throws Exception {
    Map<String, Object> run = started;
    Duration pause = Duration.ofMillis(100);
    boolean shown = false;
    try (Scheduler scheduler = Scheduler.system()) {
      while (!Boolean.TRUE.equals(run.get("done"))) {
        shown |= terminal.isInteractive();
        if (shown) {
          terminal.err().print("\rrun " + ApiJson.text(started, "id") + " is in progress … ");
        }
        scheduler.sleep(pause);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        run = DaemonClient.success(client.get("/v1/runs/" + ApiJson.text(started, "id"))).body();
      }
    }
    if (shown) {
      terminal.err().print("\r\u001b[K");
    }
    return run;
  }
}
