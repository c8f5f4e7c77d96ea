package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that is killed while it applies on three hosts, and the next one. */
@Tag("slow")
class KilledDaemonTest {
  @TempDir Path dir;

  private void await(Program daemon, Path file) throws Exception {
    for (int tries = 0; !Files.exists(file); tries++) {
      assertThat(tries).as("waiting for " + file + ": " + daemon.log()).isLessThan(1500);
      new ProcessBuilder("sleep", "0.02").start().waitFor();
    }
  }

  @Test
  void whatItBeganIsDoneOnceAndTheNextDaemonFindsItDone() throws Exception {
    try (Fleet fleet = Fleet.start(dir)) {
      fleet.configure("http: { listen: \"127.0.0.1:0\" }\n");
      fleet.declare(
          """
            migrate:
              selector: { all: true }
              steps:
                - shell: once
                  check: test -e "$HERE/done"
                  command: >-
                    echo x >> "$HERE/begun"; until test -e "$HERE/go"; do sleep 0.05; done;
                    touch "$HERE/done"
          """);
      try (Program killed = Program.daemon(dir, Map.of())) {
        for (int host = 1; host <= 3; host++) {
          await(killed, fleet.file(host, "begun"));
        }
        killed.signal("KILL");
        assertThat(killed.awaitEnd()).isEqualTo(137);
      }

      try (Program next = Program.daemonBy("server", dir, Map.of())) {
        for (String agent : List.of("web-01", "web-02", "db-01")) {
          next.awaitLog("task_skipped agent=" + agent + " task=migrate"); // its lock is held
        }
        for (int host = 1; host <= 3; host++) {
          Files.createFile(fleet.file(host, "go"));
        }
        for (int host = 1; host <= 3; host++) {
          await(next, fleet.file(host, "done"));
        }
        Shell.Ended wait = Program.run(dir, next.client(), "reconcile", "all", "--wait");
        assertThat(wait.out()).as(next.log()).contains("web-01  migrate  IN_SYNC");
        assertThat(wait.status()).isZero();
        for (int host = 1; host <= 3; host++) {
          assertThat(fleet.file(host, "begun")).as("applies").hasContent("x");
        }
      }
    }
  }
}
