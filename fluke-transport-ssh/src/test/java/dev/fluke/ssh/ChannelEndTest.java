package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.result;
import static dev.fluke.ssh.Lab.stdout;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels that end in every order there is: what counts is the frame, whole, and nothing else. */
@Tag("T12")
@Tag("slow")
class ChannelEndTest {
  @RegisterExtension static final Lab lab = new Lab();
  private static final int RUNS = Integer.getInteger("fluke.test.ends", 60);

  /** In which order a channel says what it has to say. */
  enum Order {
    NO_STATUS {
      @Override
      void end(ScriptedChannel channel, byte[] out, byte[] err) throws Exception {
        channel.printError(err);
        channel.print(out);
        channel.eof();
        channel.close();
      }
    },
    STATUS_AFTER_THE_END {
      @Override
      void end(ScriptedChannel channel, byte[] out, byte[] err) throws Exception {
        channel.print(out);
        channel.printError(err);
        channel.eof();
        channel.status(0);
        channel.close();
      }
    },
    STATUS_BEFORE_THE_OUTPUT {
      @Override
      void end(ScriptedChannel channel, byte[] out, byte[] err) throws Exception {
        channel.status(0);
        channel.print(out);
        channel.printError(err);
        channel.eof();
        channel.close();
      }
    },
    ANOTHER_STATUS_AMID_THE_OUTPUT {
      @Override
      void end(ScriptedChannel channel, byte[] out, byte[] err) throws Exception {
        channel.print(Arrays.copyOf(out, out.length / 2));
        channel.status(255);
        channel.printError(err);
        channel.print(Arrays.copyOfRange(out, out.length / 2, out.length));
        channel.eof();
        channel.close();
      }
    },
    CLOSED_AT_ONCE {
      @Override
      void end(ScriptedChannel channel, byte[] out, byte[] err) throws Exception {
        channel.printError(err);
        channel.print(out);
        channel.close();
      }
    };

    abstract void end(ScriptedChannel channel, byte[] out, byte[] err) throws Exception;
  }

  /** Runs commands without input, and no shell: each channel ends by itself. */
  private static ScriptedServer server(Order order, boolean whole) throws Exception {
    return lab.opened(
        ScriptedServer.start(
            lab.dir(),
            channel -> {
              if (channel.wantsShell()) {
                channel.status(1);
                channel.close();
                return;
              }
              Process process = channel.server().process("exec 0</dev/null; " + channel.words());
              CompletableFuture<byte[]> err =
                  Lab.aside(() -> process.getErrorStream().readAllBytes());
              byte[] out = process.getInputStream().readAllBytes();
              order.end(channel, whole ? out : upToTheMiddleOfItsEndedMark(out), err.get());
            }));
  }

  private static byte[] upToTheMiddleOfItsEndedMark(byte[] out) {
    int half = new String(out, UTF_8).indexOf("half an answer\n");
    return half < 0 ? out : Arrays.copyOf(out, half + 30);
  }

  private static Command check(int i) {
    String size = "head -c " + i * 97 + " /dev/zero | tr '\\0' ";
    return limited(Command.shell(size + "o; " + size + "e >&2; echo " + i + "; exit " + i % 100));
  }

  private static void isWhole(Answer answer, int i) {
    CommandResult result = result(answer);
    assertThat(result.exitStatus()).isEqualTo(i % 100);
    assertThat(result.stdout()).isEqualTo("o".repeat(i * 97) + i + "\n");
    assertThat(result.stderr()).isEqualTo("e".repeat(i * 97));
  }

  @ParameterizedTest
  @EnumSource
  void readsWholeAnswersInWhateverOrderTheChannelEnds(Order order) throws Exception {
    try (HostConnection connection = lab.open(server(order, true).ssh())) {
      List<Command> checks = IntStream.range(0, RUNS).mapToObj(ChannelEndTest::check).toList();
      List<Answer> answers = connection.ask(checks);
      for (int i = 0; i < RUNS; i++) {
        isWhole(answers.get(i), i);
      }
      for (int i = 0; i < RUNS / 10; i++) {
        isWhole(connection.act(check(i)), i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void ignoresTheChannelStatusIfTheFrameHasNoEnd(Order order) throws Exception {
    Command half = limited(Command.shell("echo half an answer"));
    try (HostConnection connection = lab.open(server(order, false).ssh())) {
      for (int i = 0; i < RUNS / 10; i++) {
        assertThat(none(ask(connection, half)).reason()).isEqualTo(Reason.GARBLED);
        assertThat(none(connection.act(half)).reason()).isEqualTo(Reason.END_NOT_KNOWN);
      }
      assertThat(stdout(ask(connection, Command.of("echo", "next")))).isEqualTo("next\n");
    }
  }

  @Test
  void leavesOnlyWholeAnswersWhenAShellIsClosedInABatch() throws Exception {
    ScriptedServer server = lab.opened(ScriptedServer.start(lab.dir(), ScriptedChannel::serve));
    Command ends = limited(Command.shell("echo mine; kill -9 $PPID"));
    for (int i = 0; i < RUNS / 30; i++) {
      try (HostConnection connection = lab.open(server.ssh())) {
        List<Answer> answers = connection.ask(List.of(check(500), ends, check(700), check(3)));
        isWhole(answers.get(0), 500);
        assertThat(none(answers.get(1)).reason()).isEqualTo(Reason.GARBLED);
        isWhole(answers.get(2), 700);
        isWhole(answers.get(3), 3);
      }
    }
  }
}
