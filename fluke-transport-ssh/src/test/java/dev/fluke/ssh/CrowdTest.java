package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that let in few at a time. */
@Tag("slow")
class CrowdTest {
  @RegisterExtension
  static final Lab lab = new Lab("MaxStartups 2:100:3", "MaxSessions 2", "LoginGraceTime 20");

  /** As the loop does it: what was unreachable comes again later; a refused login does not. */
  private static HostConnection persistently(AtomicInteger opens) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        opens.incrementAndGet();
        return lab.open(lab.server().ssh());
      } catch (UnreachableException e) {
        assertThat(e.isLoginRefused()).as(e.getMessage()).isFalse();
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(until);
        Lab.pause(Duration.ofMillis(500));
      }
    }
  }

  @Tag("T05")
  @Test
  void fortyWhoComeAtOnceAllGetIn() throws Exception {
    AtomicInteger opens = new AtomicInteger();
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Command echo = Command.of("echo", "" + i);
      all.add(
          Lab.aside(
              () -> {
                try (HostConnection connection = persistently(opens)) {
                  return stdout(ask(connection, echo));
                }
              }));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(all.get(i).get(90, TimeUnit.SECONDS)).isEqualTo(i + "\n");
    }
    assertThat(opens.get()).as("tries, of which each login may have three").isLessThan(120);
    assertThat(lab.server().log()).contains("MaxStartups");
  }

  @Tag("T06")
  @Test
  void aChannelThatIsRefusedIsNoStatus() throws Exception {
    try (HostConnection connection = persistently(new AtomicInteger())) {
      for (int i = 0; i < 10; i++) {
        Command check = Command.shell("echo checked; exit 4");
        assertThat(Lab.result(ask(connection, check)).exitStatus()).isEqualTo(4);
        assertThat(stdout(connection.act(limited(Command.of("echo", "hi"))))).isEqualTo("hi\n");
      }
    }
  }
}
