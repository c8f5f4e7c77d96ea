package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.ssh.CuttingProxy.Fault;
import dev.fluke.ssh.CuttingProxy.Way;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Applies whose connection is cut before, while and after they run. */
@Tag("slow")
class ApplyCutTest {
  @RegisterExtension static final Lab lab = new Lab();
  @TempDir Path dir;

  private final int cuts = Integer.getInteger("fluke.test.cuts", 100);
  private final long seed = Long.getLong("fluke.test.seed", System.nanoTime());

  @Tag("T10")
  @Tag("rule-16")
  @Test
  void runsACutApplyOnceAtMostAndReportsItTruly() throws Exception {
    Path file = Files.createFile(dir.resolve("lines"));
    CuttingProxy proxy = lab.proxy();
    Random random = new Random(seed);
    List<Answer> answers = new ArrayList<>();
    int length = 0;
    for (int i = 0; i <= cuts; i++) {
      Way way = random.nextInt(4) < 3 ? Way.UP : Way.DOWN;
      Fault fault = random.nextBoolean() ? Fault.CLOSE : Fault.RESET;
      try (HostConnection connection = lab.open(lab.through(proxy))) {
        long before = proxy.passed(Way.UP);
        if (i > 0) {
          proxy.after(random.nextInt(way == Way.UP ? length : length / 2), way, fault);
        }
        answers.add(connection.act(append(i, file)));
        length = i == 0 ? (int) (proxy.passed(Way.UP) - before) : length;
      }
    }
    try (HostConnection last = lab.open(lab.server().ssh())) {
      answers.add(last.act(append(cuts + 1, file))); // has the lock after all others
    }
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < answers.size(); i++) {
      int found = Collections.frequency(lines, "line " + i);
      int place = i;
      answers
          .get(i)
          .fold(
              result -> assertThat(found).as("%s of seed %s: %s", place, seed, result).isOne(),
              none -> assertThat(found).as("%s of seed %s: %s", place, seed, none).isIn(ran(none)));
    }
    assertThat(answers.stream().filter(Answer.None.class::isInstance).map(a -> none(a).reason()))
        .as("seed %s", seed)
        .contains(Reason.CONNECTION_LOST, Reason.END_NOT_KNOWN);
  }

  private static List<Integer> ran(Answer.None none) {
    return none.reason() == Reason.END_NOT_KNOWN ? List.of(0, 1) : List.of(0);
  }

  private static Command append(int number, Path file) {
    return limited(
        Command.shell("echo \"line $N\" >> \"$F\"")
            .env("N", String.valueOf(number))
            .env("F", file.toString()));
  }

  @Tag("T10")
  @Tag("rule-16")
  @Test
  void keepsTheNextApplyOutWhileACutOneRuns() throws Exception {
    Command slow =
        limited(
            Command.shell(
                    "touch \"$D/begun\"; until test -e \"$D/go\"; do echo here; sleep 0.05; done;"
                        + " echo x >> \"$D/done\"")
                .env("D", dir.toString()));
    CuttingProxy proxy = lab.proxy();
    HostConnection connection = lab.open(lab.through(proxy));
    CompletableFuture<Answer> cut = Lab.aside(() -> connection.act(slow));
    lab.until("it begins", () -> Files.exists(dir.resolve("begun")));
    proxy.after(0, Way.DOWN, Fault.RESET);
    assertThat(none(cut.get()).reason()).isEqualTo(Reason.END_NOT_KNOWN);

    try (HostConnection next = lab.open(lab.server().ssh())) {
      assertThat(none(next.act(slow)).reason()).isEqualTo(Reason.LOCKED);
      Files.createFile(dir.resolve("go"));
      lab.until("it ends", () -> Files.exists(dir.resolve("done")));
      assertThat(result(next.act(limited(Command.of("true")))).succeeded()).isTrue();
      assertThat(dir.resolve("done")).hasContent("x");
    }
  }
}
