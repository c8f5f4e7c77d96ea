package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.ssh.CuttingProxy.Fault;
import dev.fluke.ssh.CuttingProxy.Way;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Checks whose connection is cut, or whose bytes are changed, anywhere in the exchange. */
@Tag("slow")
class CheckCutTest {
  @RegisterExtension static final Lab lab = new Lab();

  /** {@code scripts/prove flips} tries ten thousand. */
  private static final int FLIPS = Integer.getInteger("fluke.test.flips", 30);

  private static final List<Command> CHECKS =
      List.of(
          limited(Command.shell("echo one; exit 3")),
          limited(Command.shell("echo two; echo err >&2")),
          limited(Command.of("cat").stdin("three")));

  /** What is true of the answers: in each place the right result, or none. */
  private static int right(List<Answer> answers) {
    int right = 0;
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Answer.Finished finished) {
        CommandResult result = finished.result();
        assertThat(result.exitStatus()).isEqualTo(i == 0 ? 3 : 0);
        assertThat(result.stdout()).isEqualTo(List.of("one\n", "two\n", "three").get(i));
        assertThat(result.stderr()).isEqualTo(i == 1 ? "err\n" : "");
        right++;
      } else {
        assertThat(none(answers.get(i)).reason()).isEqualTo(Reason.CONNECTION_LOST);
      }
    }
    return right;
  }

  @Tag("T09")
  @Tag("rule-2")
  @Test
  void givesWholeAnswersOrNoneAfterACutAnywhere() throws Exception {
    CuttingProxy proxy = lab.proxy();
    Map<Way, Long> length = new EnumMap<>(Way.class);
    try (HostConnection connection = lab.open(lab.through(proxy))) {
      Map<Way, Long> before = passed(proxy);
      assertThat(right(connection.ask(CHECKS))).isEqualTo(3);
      passed(proxy).forEach((way, now) -> length.put(way, now - before.get(way)));
    }
    int some = 0;
    for (Way way : Way.values()) {
      for (long n = 0; n < length.get(way); n += 16) {
        try (HostConnection connection = lab.open(lab.through(proxy))) {
          proxy.after(n, way, n % 32 == 0 ? Fault.CLOSE : Fault.RESET);
          int right = right(connection.ask(CHECKS));
          some += right > 0 && right < CHECKS.size() ? 1 : 0;
          assertThat(right == CHECKS.size() || !connection.isOpen())
              .as("cut %s at %s", way, n)
              .isTrue();
        }
      }
    }
    assertThat(some).as("cuts between two answers").isPositive();
    try (HostConnection again = lab.open(lab.through(proxy))) {
      assertThat(right(again.ask(CHECKS))).isEqualTo(3);
    }
  }

  private static Map<Way, Long> passed(CuttingProxy proxy) {
    return Map.of(Way.UP, proxy.passed(Way.UP), Way.DOWN, proxy.passed(Way.DOWN));
  }

  @Tag("T18")
  @Test
  void rejectsAByteThatWasChangedOnTheWay() throws Exception {
    CuttingProxy proxy = lab.proxy();
    Random random = new Random(Long.getLong("fluke.test.seed", 42));
    for (Way way : Way.values()) {
      for (int i = 0; i < FLIPS / 2; i++) {
        int n = random.nextInt(300);
        try (HostConnection connection = lab.open(lab.through(proxy))) {
          proxy.after(n, way, Fault.CORRUPT);
          right(connection.ask(CHECKS));
          assertThat(connection.isOpen()).as("changed %s at %s", way, n).isFalse();
        }
      }
    }
  }

  @Tag("T14")
  @Test
  void readsAnswersFromAWireThatCarriesOneByteAtATime() throws Exception {
    CuttingProxy proxy = lab.proxy();
    proxy.drip();
    try (HostConnection connection = lab.open(lab.through(proxy))) {
      assertThat(right(connection.ask(CHECKS))).isEqualTo(3);
      assertThat(stdout(connection.act(limited(Command.of("echo", "hi"))))).isEqualTo("hi\n");
    }
  }
}
