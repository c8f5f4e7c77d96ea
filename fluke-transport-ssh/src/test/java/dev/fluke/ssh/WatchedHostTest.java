package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another user of a host looks at all processes, all the time. */
@Tag("Z04")
@Tag("rule-4")
@Tag("slow")
class WatchedHostTest {
  @RegisterExtension static final Lab lab = new Lab();
  private static final int RUNS = Integer.getInteger("fluke.test.watched", 50);

  /** Prints each line that holds one of the two words, in which the watcher itself has brackets. */
  private static final String WATCH =
      "until test -e \"$1/over\"; do { ps -ww -eo args; cat /proc/[0-9]*/cmdline | tr '\\0' ' ';"
          + " echo; } 2>/dev/null | grep -ao '[c]anary-watched\\|[s]een-by-all' | sort -u; done";

  private static Process watcher(Path seen) throws Exception {
    List<String> asNobody =
        List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups");
    List<String> argv = new ArrayList<>(asNobody);
    argv.addAll(List.of("sh", "-c", WATCH, "sh", seen.getParent().toString()));
    return new ProcessBuilder(argv).redirectOutput(seen.toFile()).redirectErrorStream(true).start();
  }

  @Test
  void showsNoSecretToAUserWhoWatchesProcesses() throws Exception {
    Path dir = Files.createTempDirectory("watched");
    SshServer.run(List.of("chmod", "755", dir.toString()));
    Path seen = dir.resolve("seen");
    Secret secret = Secret.of("canary-watched");
    Command work =
        limited(
            Command.of("sh", "-c", "cat; echo \"$TOKEN\"; sleep 0.02", "seen-by-all")
                .env("TOKEN", secret)
                .stdin(secret));
    Process watcher = watcher(seen);
    try (HostConnection connection = lab.open(lab.server().ssh())) {
      lab.until("it watches", () -> watcher.isAlive());
      List<Answer> answers =
          new ArrayList<>(connection.ask(IntStream.range(0, RUNS).mapToObj(i -> work).toList()));
      for (int i = 0; i < RUNS; i++) {
        answers.add(connection.act(i % 5 == 0 ? work.runAs("daemon") : work));
      }
      assertThat(answers)
          .extracting(answer -> stdout(answer))
          .containsOnly("canary-watchedcanary-watched\n");
    } finally {
      Files.createFile(dir.resolve("over"));
      watcher.waitFor();
    }

    assertThat(Files.readAllLines(seen)).isNotEmpty().containsOnly("seen-by-all");
    SshServer.run(List.of("rm", "-r", dir.toString()));
  }
}
