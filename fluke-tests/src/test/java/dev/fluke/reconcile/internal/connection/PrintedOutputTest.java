package dev.fluke.reconcile.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrintedOutputTest {
  private static final int HALF = 32 * 1024;
  private static final String SECRET = "swordfish-äöü-4711";

  private final Mask mask = new Mask();
  private final PrintedOutput printed = new PrintedOutput(mask);

  private void print(String stdout) {
    printed.add(CommandResult.exited(1).withStdout(stdout));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void keepsShortOutputsOfSeveralCommands() {
    print("one\n");
    printed.add(CommandResult.exited(1).withStderr("bad\n"));
    print("two\n");

    assertThat(printed.stdout()).isEqualTo("one\ntwo\n");
    assertThat(printed.stderr()).isEqualTo("bad\n");
    assertThat(printed.excerpt()).isEqualTo("one\ntwo\nbad");
  }

  @Test
  void keeps64KiBWhole() {
    String text = "x".repeat(2 * HALF);
    print(text);

    assertThat(printed.stdout()).isEqualTo(text);
  }

  @Test
  void saysHowMuchIsLeftOut() {
    print("a".repeat(HALF) + "b".repeat(1_234) + "c".repeat(HALF));

    assertThat(printed.stdout())
        .isEqualTo("a".repeat(HALF) + "\n… 1,234 bytes left out …\n" + "c".repeat(HALF));
  }

  @Test
  void countsWhatTheTransportDropped() {
    byte[] kept = bytes("a".repeat(HALF * 4) + "c".repeat(HALF * 4));
    printed.add(CommandResult.exited(1).withStdout(kept, 1_000_000));

    assertThat(printed.stdout())
        .isEqualTo("a".repeat(HALF) + "\n… 1,196,608 bytes left out …\n" + "c".repeat(HALF));
  }

  @Test
  void saysWhenATransportKeptLittle() {
    printed.add(CommandResult.exited(1).withStdout(bytes("begin"), 7));
    print("next");

    assertThat(printed.stdout()).isEqualTo("begin\n… 7 bytes left out …\nnext");
  }

  @Test
  void keepsTheHeadOfTheFirstAndTheTailOfTheLastCommand() {
    for (int i = 0; i < 100; i++) {
      print("begin " + i + "\n" + "x".repeat(10_000) + "end " + i + "\n");
    }

    assertThat(printed.stdout()).startsWith("begin 0\n").endsWith("end 99\n");
    assertThat(printed.stdout().length()).isLessThan(2 * HALF + 50);
  }

  @Test
  void leavesNoPartOfASecretWhereverAStreamIsCut() {
    mask.learn(Secret.of(SECRET));
    int length = bytes(SECRET).length;
    for (int size : new int[] {HALF, HALF + 16 * 1024}) {
      for (int shift = 1 - length; shift < 0; shift += 4) {
        PrintedOutput output = new PrintedOutput(mask);
        String before = ".".repeat(size + shift);
        String after = ".".repeat(HALF * 2);
        output.add(
            CommandResult.exited(1)
                .withStdout(before + SECRET + after)
                .withStderr(after + SECRET + before));

        assertThat(output.stdout()).doesNotContain("swo").doesNotContain("711");
        assertThat(output.stderr()).doesNotContain("swo").doesNotContain("711");
      }
    }
  }

  @Test
  void leavesNoPartOfASecretThatTheTransportCut() {
    mask.learn(Secret.of(SECRET));
    byte[] all = bytes("begins " + SECRET);
    for (int length = 10; length <= all.length; length++) {
      PrintedOutput output = new PrintedOutput(mask);
      output.add(CommandResult.exited(1).withStdout(Arrays.copyOf(all, length), 99));

      assertThat(output.stdout()).startsWith("begins ").doesNotContain("swo");
    }
  }

  @Test
  void cutsNoCharacterInTwo() {
    print("aä".repeat(40_000) + "€".repeat(40_000));

    assertThat(printed.stdout()).doesNotContain("\uFFFD").contains("bytes left out");
    assertThat(printed.excerpt()).doesNotContain("\uFFFD");
  }

  @Test
  void givesAnExcerptOfFourKiB() {
    printed.add(
        CommandResult.exited(1)
            .withStdout("out " + "€".repeat(9_000) + " end")
            .withStderr("err " + "€".repeat(9_000) + " stop"));

    assertThat(bytes(printed.excerpt()).length).isBetween(3_900, 4_096);
    assertThat(printed.excerpt()).startsWith("out ").contains(" end\nerr ").endsWith(" stop");
  }
}
