package dev.fluke.ssh;

import static dev.fluke.agent.Selector.label;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.report.TaskReport;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.UnreachableException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts that want to do harm: it is theirs alone. */
@Tag("Z08")
@Tag("slow")
class HostileHostTest {
  @RegisterExtension static final Lab lab = new Lab();
  private static final Duration LIMIT = Duration.ofMillis(700);
  private static final Command ECHO = Command.of("echo", "hello").timeout(Duration.ofMinutes(10));

  private static Ssh hasty(ScriptedServer server) {
    return server.ssh().connectingWithin(LIMIT).loggingInWithin(LIMIT);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long threadsSoFar() {
    return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
  }

  /** What a check and an apply come to. */
  private static List<Answer> answers(Ssh ssh) throws Exception {
    try (HostConnection connection = lab.open(ssh)) {
      return List.of(connection.ask(List.of(ECHO)).get(0), connection.act(ECHO));
    } catch (UnreachableException e) {
      assertThat(e.isLoginRefused()).as(e.getMessage()).isFalse();
      assertThat(e.getMessage().length()).isLessThan(600);
      assertThat(e.getMessage()).doesNotContain("\033", "\r", "\n");
      return List.of();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING_IS_READ") // it takes 10 s, see below
  void endsEveryWaitAndMakesUpNoAnswer(Hostility hostility) throws Exception {
    try (ScriptedServer server = Hostility.server(hostility, lab.dir())) {
      long before = used();
      long threads = threadsSoFar();
      CompletableFuture<List<Answer>> answers = Lab.aside(() -> answers(hasty(server)));

      for (Answer answer : Waiting.result(answers)) {
        assertThat(stdout(answer)).matches("hello\n|(?s)no result: .*");
      }
      assertThat(threadsSoFar() - threads).isLessThan(300);
      assertThat(used() - before).isLessThan(48L << 20);
    }
  }

  @Test
  void harmsOnlyTheAgentOfAHostileHost() throws Exception {
    List<Agent> agents = new ArrayList<>();
    for (Hostility hostility : Hostility.values()) {
      ScriptedServer server = lab.opened(Hostility.server(hostility, lab.dir()));
      agents.add(Agent.named("bad-" + agents.size(), hasty(server)).label("is", "hostile"));
    }
    SshFleet.Answered healthy = new SshFleet.Answered();
    long before = used();
    try (SshFleet fleet = SshFleet.of(5, lab.dir())) {
      fleet
          .ways()
          .forEach(way -> agents.add(Agent.named("h" + agents.size(), way).label("is", "healthy")));
      try (Reconciler reconciler =
          Reconciler.builder()
              .agents(agents)
              .manifest(Manifest.of(noting(healthy), asking()))
              .build()) {
        long start = System.nanoTime();
        CompletableFuture<CycleReport> cycle = Lab.aside(reconciler::cycle);
        CycleReport report = Waiting.result(cycle);

        long whole = System.nanoTime() - start; // 10 s or more, because of one that reads nothing
        assertThat(healthy.lastAt() - start).as("of %s ns", whole).isLessThan(whole * 3 / 4);
        assertThat(report.tasks())
            .filteredOn(task -> task.task().equals("stands"))
            .hasSize(5)
            .allMatch(task -> task.outcome() == Outcome.IN_SYNC);
        assertThat(report.tasks())
            .filteredOn(task -> task.task().equals("asked"))
            .hasSize(Hostility.values().length)
            .extracting(TaskReport::outcome)
            .isSubsetOf(Outcome.UNREACHABLE, Outcome.UNKNOWN, Outcome.IN_SYNC);
      }
    }
    assertThat(used() - before).isLessThan(48L << 20);
  }

  private static Task asking() {
    return Task.named("asked")
        .on(label("is").is("hostile"))
        .step("root", new SshFleet.Noting(new SshFleet.Answered()))
        .build();
  }

  private static Task noting(SshFleet.Answered healthy) {
    return Task.named("stands")
        .on(label("is").is("healthy"))
        .step("root", new SshFleet.Noting(healthy))
        .build();
  }

  /** An answer comes through, if a little later. */
  private static void answers(ScriptedServer.Script script) throws Exception {
    try (ScriptedServer server = ScriptedServer.start(lab.dir(), script);
        HostConnection connection = lab.open(server.ssh())) {
      long before = used();
      for (int i = 0; i < 5; i++) {
        assertThat(stdout(connection.ask(List.of(ECHO)).get(0))).isEqualTo("hello\n");
        assertThat(stdout(connection.act(ECHO))).isEqualTo("hello\n");
      }
      assertThat(used() - before).isLessThan(16L << 20);
    }
  }

  @Test
  void answersDespiteAHundredThousandWindows() throws Exception {
    answers(
        channel -> {
          CompletableFuture<?> windows =
              Lab.aside(
                  () -> {
                    for (int i = 0; i < Hostility.MANY; i++) {
                      channel.ofThis(
                          SshConstants.SSH_MSG_CHANNEL_WINDOW_ADJUST,
                          message -> message.putUInt(0xffff_ffffL));
                    }
                    return true;
                  });
          channel.serve();
          windows.cancel(true);
        });
  }

  @Test
  void answersDespiteEndlessKeyExchanges() throws Exception {
    answers(
        channel -> {
          CompletableFuture<?> exchanges =
              Lab.aside(
                  () -> {
                    while (channel.channel().isOpen()) {
                      channel.session().reExchangeKeys().verify(Duration.ofSeconds(20));
                    }
                    return true;
                  });
          channel.serve();
          exchanges.cancel(true);
        });
  }
}
