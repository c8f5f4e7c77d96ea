package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to the shell that holds the lock, run in each of them, whole and cut. */
@Tag("rule-16")
class HoldScriptTest {
  private static final HostCapabilities HOST =
      new HostCapabilities(true, "root", true, true, "1", List.of());

  private final Random random = new Random(5);
  private final FrameMarkers marks = FrameMarkers.fresh(random);
  private final HoldScript hold = HoldScript.fresh(random, Duration.ofSeconds(1));
  private final Scheduler scheduler = Scheduler.system();
  private final Target target = Target.of("here", scheduler);

  /** The lock of this test alone: the home of the shells is a directory of its own. */
  @TempDir Path home;

  @AfterEach
  void close() {
    scheduler.close();
  }

  private String go(String shell, String text) {
    return go(shell, text, false);
  }

  private String go(String shell, String text, boolean isLast) {
    CommandScript command = new CommandScript(Command.shell(text), target, HOST, marks);
    return HoldScript.go(within(shell, command.held(isLast, Duration.ofSeconds(1))));
  }

  /** Each child is the same shell, too. */
  private static String within(String shell, String script) {
    return script.replace("/bin/sh", shell);
  }

  /** What a shell prints that holds the lock, and whose input is what these words print. */
  private String held(String shell, String words) throws Exception {
    return held("", shell, words, "");
  }

  private String held(String before, String shell, String words, String after) throws Exception {
    String script =
        "HOME=%s; export HOME\n%s( %s ) | %s -c %s\n%s\n"
            .formatted(home, before, words, shell, quote(within(shell, hold.argument())), after);
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    return ShellProgram.run(shell, bytes, bytes.length).out();
  }

  private static String printing(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return "printf '" + PrintfFormat.of(bytes) + "'";
  }

  private String taken(int status) {
    return mark('H') + status + ";";
  }

  private String over() {
    return hold.over() + ";";
  }

  private String mark(char kind) {
    String text = hold.text();
    int at = text.indexOf("' " + kind) + 2;
    return text.substring(at, at + 33);
  }

  private String ran(String output, int status) {
    return marks.begun() + output + marks.ended() + status + ";";
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void runsOneCommandAfterAnotherThatNoneInheritsTheLock(String shell) throws Exception {
    String lock = "test -e /proc/$$/fd/9 && echo inherited; flock -n \"$HOME\" true || echo held";

    assertThat(
            held(
                shell,
                printing(
                    go(shell, lock) + go(shell, "echo é; exit 213") + go(shell, "echo three"))))
        .isEqualTo(taken(0) + ran("held\n", 0) + ran("é\n", 213) + ran("three\n", 0) + over());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void carriesEveryCharacter(String shell) throws Exception {
    StringBuilder all = new StringBuilder();
    for (char c = 1; c < 0x250; c++) {
      all.append(c == '\r' ? "" : c);
    }
    String text = all + "😀";

    assertThat(held(shell, printing(go(shell, "printf %s " + quote(text)))))
        .isEqualTo(taken(0) + ran(text, 0) + over());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void runsNothingOfACommandThatIsCutAtAnyByte(String shell, @TempDir Path dir) throws Exception {
    Path file = dir.resolve("f");
    byte[] whole = go(shell, "echo ran > " + file).getBytes(StandardCharsets.UTF_8);
    int step = shell.equals("dash") ? 3 : 17;
    for (int cut = 0; cut < whole.length - 2; cut += step) {
      String part = new String(Arrays.copyOf(whole, cut), StandardCharsets.UTF_8);

      assertThat(held(shell, printing(part) + "; :"))
          .as("cut at %s of %s", cut, whole.length)
          .startsWith(taken(0))
          .doesNotContain(marks.begun());
    }
    assertThat(file).doesNotExist();
    assertThat(held(shell, printing(go(shell, "echo ran > " + file)))).contains(ran("", 0));
    assertThat(file).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void endsWhenNothingComesAlsoInTheMiddleOfACommand(String shell) throws Exception {
    String command = go(shell, "echo ran");

    for (String begin : List.of("", "go", command.substring(0, command.length() - 9))) {
      String late = printing(begin) + "; sleep 1.5; " + printing(command.substring(begin.length()));
      assertThat(held(shell, late)).isEqualTo(taken(0) + over());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void givesTheLockBackBeforeTheEndOfTheLastCommand(String shell) throws Exception {
    String free = HoldScript.go("{\nflock -n \"$HOME\" echo free\n}\n");

    assertThat(held(shell, printing(go(shell, "exit 4", true) + free)))
        .isEqualTo(taken(0) + ran("", 4) + "free\n" + over());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void runsNothingWhereThereIsNoHome(String shell) throws Exception {
    Files.delete(home);

    assertThat(held(shell, printing(HoldScript.end()))).isEqualTo(taken(1) + over());
    Files.createDirectory(home);
  }

  /** The flock of BusyBox has no -w and no -E. */
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void asksTheFlockOfBusyBoxAgainAndAgain(String shell, @TempDir Path bin) throws Exception {
    Shells.busyBoxFlock(bin);
    String path = "PATH=%s:$PATH; ".formatted(bin);
    String other = "flock \"$HOME\" sh -c 'echo >&2; sleep 1' 2>&1 | { read -r l; ";

    assertThat(held(path + other, shell, printing(go(shell, "echo ran")), "}"))
        .isEqualTo(taken(0) + ran("ran\n", 0) + over());
    Files.delete(home);
    assertThat(held(path, shell, printing(HoldScript.end()), "")).isEqualTo(taken(1) + over());
    Files.createDirectory(home);
  }

  @Test
  void showsNoMarkInAnArgument() {
    assertThat(hold.argument()).doesNotContain(hold.over()).doesNotContain(mark('H'));
    assertThat(hold.text()).contains(hold.over());
  }

  @Test
  void waitsASecondAtLeastSinceZeroIsNoLimit() {
    assertThat(HoldScript.fresh(random, Duration.ZERO).text()).contains("w=1.000");
    assertThat(HoldScript.fresh(random, Duration.ofMinutes(2)).text()).contains("w=120.000");
    assertThat(hold.waitAfter(Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(1));
    assertThat(hold.waitAfter(Duration.ofMinutes(3))).isEqualTo(Duration.ofMinutes(3));
  }
}
