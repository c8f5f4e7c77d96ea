package dev.fluke.testkit;

import static dev.fluke.testkit.ContractHost.ask;
import static dev.fluke.testkit.ContractHost.both;
import static dev.fluke.testkit.ContractHost.limited;
import static dev.fluke.testkit.ContractHost.none;
import static dev.fluke.testkit.ContractHost.remove;
import static dev.fluke.testkit.ContractHost.result;
import static dev.fluke.testkit.ContractHost.scratch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The tests that every transport must pass. Extend this class, and they run against the host behind
 * {@link #transport()}: a Linux host with {@code flock} that accepts several connections at a time.
 * The tests reach the host only through the transport, and take about half a minute.
 */
public abstract class TransportContract extends HoldContract {
  private static final String HARSH = "it's \"$HOME\" `id` \\ é\ud83d\ude00 \n-n %s; *";

  /** For subclasses. */
  protected TransportContract() {}

  /** The transport under test; each connection calls this again. */
  @Override
  protected abstract Transport transport();

  @Test
  void answersInTheOrderOfTheCommands() throws Exception {
    List<Command> commands =
        IntStream.range(0, 30).mapToObj(i -> limited(Command.shell("echo " + i))).toList();
    try (HostConnection connection = open()) {
      List<Answer> answers = connection.ask(commands);

      assertThat(answers).hasSameSizeAs(commands);
      for (int i = 0; i < answers.size(); i++) {
        assertThat(result(answers.get(i)).stdout()).isEqualTo(i + "\n");
      }
    }
  }

  @Test
  void returnsEveryStatusAndStandardErrorApart() throws Exception {
    List<Integer> statuses = List.of(0, 1, 2, 75, 126, 127, 137, 255);
    List<Command> commands =
        statuses.stream()
            .map(status -> limited(Command.shell("echo out; echo err >&2; exit " + status)))
            .toList();
    try (HostConnection connection = open()) {
      List<Answer> answers = new ArrayList<>(connection.ask(commands));
      answers.set(5, connection.act(commands.get(5)));

      assertThat(answers).extracting(a -> result(a).exitStatus()).isEqualTo(statuses);
      assertThat(answers).extracting(a -> result(a).stdout()).containsOnly("out\n");
      assertThat(answers).extracting(a -> result(a).stderr()).containsOnly("err\n");
    }
  }

  @Test
  void carriesAnyTextUnchanged() throws Exception {
    byte[] bytes = {0, 1, '\n', '%', '\\', (byte) 0xff, '\'', 'E'};
    Command script =
        Command.shell("printf '%s|' \"$A\" '" + HARSH.replace("'", "'\\''") + "'; cat")
            .env("A", HARSH)
            .stdin(bytes);
    try (HostConnection connection = open()) {
      for (Answer answer : both(connection, script)) {
        byte[] said = result(answer).stdoutBytes();
        int text = said.length - bytes.length;
        assertThat(new String(said, 0, text, StandardCharsets.UTF_8))
            .isEqualTo(HARSH + "|" + HARSH + "|");
        assertThat(said).endsWith(bytes);
      }
      for (Answer answer : both(connection, Command.of("printf", "%s|", HARSH, "", "-n"))) {
        assertThat(result(answer).stdout()).isEqualTo(HARSH + "||-n|");
      }
    }
  }

  @Test
  void carriesTextAndInputOfAnySize() throws Exception {
    String large = "x".repeat(200 * 1024);
    try (HostConnection connection = open()) {
      for (Answer answer : both(connection, Command.shell("A=" + large + "; echo ${#A}"))) {
        assertThat(result(answer).stdout()).isEqualTo(large.length() + "\n");
      }
      for (Answer answer : both(connection, Command.shell("wc -c").stdin(large.repeat(4)))) {
        assertThat(result(answer).stdout().strip()).isEqualTo("" + 4 * large.length());
      }
    }
  }

  @Test
  void startsEachCommandCleanInItsHomeWithoutInput() throws Exception {
    String script = "test \"$(pwd -P)\" = \"$(cd && pwd -P)\" && umask && cat && echo ${ENV-none}";
    try (HostConnection connection = open()) {
      for (Answer answer : both(connection, "cd /; umask 0; ENV=x; export ENV")) {
        assertThat(result(answer).succeeded()).isTrue();
      }
      for (Answer answer : both(connection, script)) {
        assertThat(result(answer).stdout()).isEqualTo("0022\nnone\n");
      }
    }
  }

  @Test
  void beginsNothingInAMissingDirectory() throws Exception {
    try (HostConnection connection = open()) {
      for (Answer answer : both(connection, Command.shell("exit 0").in("/no/such/place"))) {
        assertThat(none(answer).reason()).isEqualTo(Reason.NOT_BEGUN);
        assertThat(none(answer).why()).contains("/no/such/place");
      }
      for (Answer answer : both(connection, Command.of("pwd").in("/usr"))) {
        assertThat(result(answer).stdout()).isEqualTo("/usr\n");
      }
    }
  }

  @Test
  void killsACommandAtItsLimitAndAnswersTheOthers() throws Exception {
    try (HostConnection connection = open()) {
      String dir = scratch(connection);
      Command sleeps = Command.shell("echo $$ >" + dir + "/pid; exec sleep 300");
      List<Answer> answers =
          connection.ask(
              List.of(
                  limited(Command.shell("echo a")),
                  sleeps.timeout(Duration.ofMillis(300)),
                  limited(Command.shell("echo b"))));

      assertThat(result(answers.get(0)).stdout()).isEqualTo("a\n");
      assertThat(none(answers.get(1)).reason()).isEqualTo(Reason.KILLED);
      assertThat(result(answers.get(2)).stdout()).isEqualTo("b\n");
      host.awaitGone(connection, dir);
      assertThat(none(connection.act(sleeps.timeout(Duration.ofMillis(300)))).reason())
          .isEqualTo(Reason.KILLED);
      host.awaitGone(connection, dir);
      remove(connection, dir);
    }
  }

  @Test
  void cutsLongOutputAndKillsAnEndlessCheck() throws Exception {
    try (HostConnection connection = open()) {
      for (Answer answer : both(connection, "head -c 2000000 /dev/zero; echo end")) {
        CommandResult result = result(answer);
        assertThat(result.truncated()).isTrue();
        assertThat(result.stdoutBytes()).hasSizeLessThan(1_000_000).endsWith('e', 'n', 'd', '\n');
      }
      assertThat(none(ask(connection, Command.of("yes"))).reason())
          .isEqualTo(Reason.TOO_MUCH_OUTPUT);
      assertThat(result(ask(connection, Command.of("echo", "next"))).stdout()).isEqualTo("next\n");
    }
  }

  @Test
  void keepsOtherAnswersWhenACheckEndsItsShell() throws Exception {
    List<String> scripts =
        List.of("echo a", "kill -9 $PPID", "kill -9 $$", "exec >&-; exit 4", "(((", "echo b");
    List<Answer> answers;
    try (HostConnection connection = open()) {
      answers = connection.ask(scripts.stream().map(s -> limited(Command.shell(s))).toList());
      Answer next = ask(connection, Command.shell("echo next"));

      assertThat(next.fold(CommandResult::stdout, none -> none.reason().name()))
          .isEqualTo(connection.isOpen() ? "next\n" : "CONNECTION_LOST");
    }
    assertThat(result(answers.get(0)).stdout()).isEqualTo("a\n");
    boolean ended =
        answers.get(1).fold(r -> r.exitStatus() == 137, n -> n.reason() != Reason.NOT_BEGUN);
    assertThat(ended).as("" + answers.get(1)).isTrue();
    assertThat(result(answers.get(2)).exitStatus()).isEqualTo(137);
    assertThat(result(answers.get(3)).exitStatus()).isEqualTo(4);
    assertThat(result(answers.get(4)).succeeded()).isFalse();
    assertThat(result(answers.get(5)).stdout()).isEqualTo("b\n");
  }

  @Test
  void endsWhatChecksLeaveBehindWithTheConnection() throws Exception {
    try (HostConnection other = open()) {
      String dir = scratch(other);
      try (HostConnection connection = open()) {
        String leaves = "sleep 300 & echo $! >" + dir + "/pid; exit 7";
        CommandResult result = result(ask(connection, Command.shell(leaves)));

        assertThat(result.exitStatus()).isEqualTo(7);
        assertThat(result.duration()).isLessThan(Duration.ofSeconds(10));
        assertThat(result(ask(connection, Command.of("echo", "m"))).stdout()).isEqualTo("m\n");
      }
      host.awaitGone(other, dir);
      remove(other, dir);
    }
  }

  @Test
  void runsOneApplyAtATimeAndEachOnce() throws Exception {
    try (HostConnection one = open();
        HostConnection two = open()) {
      assertThat(one.remarks()).noneMatch(remark -> remark.contains("flock"));
      String dir = scratch(one);
      String waits = ": >begun; until test -e go; do sleep 0.05; done; echo one >>log";
      var first = host.inBackground(() -> one.act(limited(Command.shell(waits).in(dir))));
      host.awaitThat(two, "test -e " + dir + "/begun");
      var second =
          host.inBackground(() -> two.act(limited(Command.shell("echo two >>log").in(dir))));

      assertThat(scheduler.await(second, Duration.ofMillis(300))).as("waits").isFalse();
      try (HostConnection three = open()) {
        assertThat(result(ask(three, Command.shell("touch go").in(dir))).succeeded()).isTrue();
        assertThat(result(host.valueOf(first)).succeeded()).isTrue();
        assertThat(result(host.valueOf(second)).succeeded()).isTrue();
        String log = result(ask(three, Command.of("cat", dir + "/log"))).stdout();
        assertThat(log).isEqualTo("one\ntwo\n");
        remove(three, dir);
      }
    }
  }

  @Test
  void returnsWhenInterruptedAndKeepsTheFlag() throws Exception {
    for (boolean apply : new boolean[] {false, true}) {
      try (HostConnection connection = open();
          HostConnection other = open()) {
        String dir = scratch(other);
        Command sleeps = limited(Command.shell("echo $$ >" + dir + "/pid; exec sleep 300"));
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Scheduler.Work work =
            scheduler.start(
                "interrupted",
                () -> {
                  answer.complete(apply ? connection.act(sleeps) : ask(connection, sleeps));
                  flag.complete(Thread.currentThread().isInterrupted());
                });
        host.awaitThat(other, "test -s " + dir + "/pid");
        work.interrupt();

        assertThat(none(host.valueOf(answer)).reason()).isIn(Reason.KILLED, Reason.END_NOT_KNOWN);
        assertThat(host.valueOf(flag)).as("interrupted still").isTrue();
        host.awaitGone(other, dir);
        remove(other, dir);
      }
    }
  }

  @Test
  void runsNothingOnAClosedConnection() throws Exception {
    HostConnection connection = open();
    assertThat(connection.isOpen()).isTrue();
    connection.close();
    connection.close();

    assertThat(connection.isOpen()).isFalse();
    for (Answer answer : both(connection, "true")) {
      assertThat(none(answer).reason()).isEqualTo(Reason.CONNECTION_LOST);
    }
  }
}
