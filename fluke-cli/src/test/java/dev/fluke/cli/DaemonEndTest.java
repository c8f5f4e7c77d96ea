package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is stopped or killed while it applies on three hosts, and its successor. */
@Tag("slow")
class DaemonEndTest {
  @TempDir Path dir;

  private static DaemonFleet started(Path dir) throws Exception {
    DaemonFleet fleet = DaemonFleet.start(dir);
    fleet.configure("http: { socket: fluke.sock }\n");
    fleet.declare(
        """
          migrate:
            selector: { all: true }
            steps:
              - shell: once
                check: test -e "$HERE/done"
                command: >-
                  mkdir "$HERE/busy" || touch "$HERE/beside-another"; echo $$ >> "$HERE/begun";
                  until test -e "$HERE/go"; do sleep 0.05; done;
                  rmdir "$HERE/busy"; touch "$HERE/done"
        """);
    return fleet;
  }

  private static void awaitAll(Program daemon, DaemonFleet fleet, String name) throws Exception {
    for (int host = 1; host <= 3; host++) {
      daemon.await(fleet.file(host, name));
    }
  }

  private static void letGo(DaemonFleet fleet) throws Exception {
    for (int host = 1; host <= 3; host++) {
      Files.createFile(fleet.file(host, "go"));
    }
  }

  @Test
  void appliesNothingBesideAppliesOfAKilledDaemon() throws Exception {
    try (DaemonFleet fleet = started(dir)) {
      try (Program killed = Program.daemon(dir, Map.of())) {
        awaitAll(killed, fleet, "begun");
        killed.signal("KILL");
        assertThat(killed.awaitEnd()).isEqualTo(137);
      }

      try (Program next = Program.daemonBy("server", dir, Map.of())) {
        for (String agent : List.of("web-01", "web-02", "db-01")) {
          next.awaitLog("task_skipped agent=" + agent + " task=migrate"); // the lock is held
        }
        letGo(fleet);
        awaitAll(next, fleet, "done");
        Shell.Ended wait = Program.run(dir, next.client(), "reconcile", "all", "--wait");
        assertThat(wait.out()).as(next.log()).contains("web-01  migrate  IN_SYNC");
        assertThat(wait.status()).isZero();
        for (int host = 1; host <= 3; host++) {
          assertThat(fleet.file(host, "beside-another")).doesNotExist();
        }
      }
    }
  }

  @Test
  void endsHangingAppliesOnTerm() throws Exception {
    try (DaemonFleet fleet = started(dir);
        Program daemon = Program.daemon(dir, Map.of())) {
      awaitAll(daemon, fleet, "begun");

      long begun = System.nanoTime();
      daemon.signal("TERM");

      assertThat(daemon.awaitEnd()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
      assertThat(daemon.log()).contains("Daemon: stopped");
      for (int host = 1; host <= 3; host++) {
        long apply = Long.parseLong(Files.readString(fleet.file(host, "begun")).strip());
        assertThat(ProcessHandle.of(apply)).isEmpty();
      }
    }
  }
}
