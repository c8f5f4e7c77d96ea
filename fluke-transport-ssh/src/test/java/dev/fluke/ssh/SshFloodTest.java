package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.result;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands that print without end. */
@Tag("T14")
class SshFloodTest {
  @RegisterExtension static final Lab lab = new Lab();

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void readsAFloodingApplyToItsEndAndKeepsLittle() throws Exception {
    Command flood =
        Command.shell("head -c 200M /dev/zero >&2; head -c 200M /dev/zero; exit 9")
            .timeout(Duration.ofMinutes(10));
    HostConnection connection = lab.open(lab.server().ssh());
    HostConnection neighbour = lab.open(lab.server().ssh());
    long before = used();

    long begun = System.nanoTime();
    long longest = 0;
    CompletableFuture<Answer> flooding = Lab.aside(() -> connection.act(flood));
    do {
      long start = System.nanoTime();
      assertThat(stdout(ask(neighbour, Command.of("echo", "hi")))).isEqualTo("hi\n");
      longest = Math.max(longest, System.nanoTime() - start);
    } while (!flooding.isDone());
    assertThat(longest)
        .as("the longest answer beside the flood, in nanoseconds")
        .isLessThan((System.nanoTime() - begun) / 2);

    CommandResult result = result(flooding.get());
    assertThat(result.exitStatus()).isEqualTo(9);
    assertThat(result.truncated()).isTrue();
    assertThat(result.stdoutBytes()).hasSize(256 * 1024);
    assertThat(result.stderrBytes()).hasSize(256 * 1024);
    assertThat(used() - before).isLessThan(48L * 1024 * 1024);
  }

  @Test
  void killsACheckThatFloodsEitherStream() throws Exception {
    HostConnection connection = lab.open(lab.server().ssh());
    for (String script : new String[] {"yes", "head -c 200M /dev/zero >&2"}) {
      assertThat(none(ask(connection, Command.shell(script))).reason())
          .isEqualTo(Reason.TOO_MUCH_OUTPUT);
      assertThat(stdout(ask(connection, Command.of("echo", "next")))).isEqualTo("next\n");
    }
    Command endless = Command.of("yes").timeout(Duration.ofSeconds(1));
    assertThat(none(connection.act(endless)).reason()).isEqualTo(Reason.KILLED);
  }
}
