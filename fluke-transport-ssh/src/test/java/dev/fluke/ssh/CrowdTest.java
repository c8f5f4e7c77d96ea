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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that let in few at a time. */
@Tag("slow")
class CrowdTest {
  @RegisterExtension
  static final Lab lab = new Lab("MaxStartups 2:100:3", "MaxSessions 2", "LoginGraceTime 20");

  /** As the loop does it: an unreachable host is tried again later; a refused login is not. */
  private static HostConnection persistently(Ssh ssh, AtomicInteger opens) throws Exception {
    long until = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (true) {
      try {
        opens.incrementAndGet();
        return lab.open(ssh);
      } catch (UnreachableException e) {
        assertThat(e.isLoginRefused()).as(e.getMessage()).isFalse();
        assertThat(System.nanoTime()).as(e.getMessage()).isLessThan(until);
        Waiting.pause(Duration.ofMillis(500));
      }
    }
  }

  @Tag("T05")
  @Test
  void letsInAllOfFortyLoginsAtOnce() throws Exception {
    CuttingProxy counting = lab.proxy();
    Ssh ssh = lab.through(counting);
    AtomicInteger opens = new AtomicInteger();
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Command echo = Command.of("echo", "" + i);
      all.add(
          Lab.aside(
              () -> {
                try (HostConnection connection = persistently(ssh, opens)) {
                  return stdout(ask(connection, echo));
                }
              }));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(all.get(i).get()).isEqualTo(i + "\n");
    }
    int failed = opens.get() - 40;
    assertThat(counting.connections())
        .as("logins, of which each open that failed tried three")
        .isBetween(40 + 3 * failed, 3 * opens.get());
    assertThat(lab.server().log()).contains("MaxStartups");
  }

  @Tag("T06")
  @Test
  void takesNoRefusedChannelForAStatus() throws Exception {
    try (HostConnection connection = persistently(lab.server().ssh(), new AtomicInteger())) {
      for (int i = 0; i < 10; i++) {
        Command check = Command.shell("echo checked; exit 4");
        assertThat(Lab.result(ask(connection, check)).exitStatus()).isEqualTo(4);
        assertThat(stdout(connection.act(limited(Command.of("echo", "hi"))))).isEqualTo("hi\n");
      }
    }
  }
}
