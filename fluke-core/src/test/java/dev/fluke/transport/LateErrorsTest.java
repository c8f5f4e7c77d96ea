package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers whose standard error does not come to its end, as over a connection that is stuck. */
@Tag("T18")
@Tag("rule-2")
@Tag("rule-7")
class LateErrorsTest {
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final Scheduler system = Scheduler.system();

  @AfterEach
  void close() {
    system.close();
  }

  private HostConnection open(Line line) throws Exception {
    return HostConnection.overShells(line, Target.of("here", new Impatient(system, line)));
  }

  private static Command check(int number) {
    return limited(Command.shell("echo out%1$s; echo err%1$s >&2; exit %1$s".formatted(number)));
  }

  private static void assertAnswered(Answer answer, int number) {
    CommandResult result = result(answer);
    assertThat(result.exitStatus()).isEqualTo(number);
    assertThat(result.stdout()).isEqualTo("out" + number + "\n");
  }

  @Test
  void asksAgainIfTheEndOfTheErrorsIsLate() throws Exception {
    Line line = new Line(system, 1, 0);
    try (HostConnection connection = open(line)) {
      List<Answer> answers = connection.ask(List.of(check(1), check(2), check(3)));

      for (int i = 0; i < 3; i++) {
        assertAnswered(answers.get(i), i + 1);
        assertThat(result(answers.get(i)).stderr()).isEqualTo("err" + (i + 1) + "\n");
      }
      assertAnswered(ask(connection, check(4)), 4);
      assertThat(line.shells).hasValue(2);
    }
  }

  @Test
  void asksOnceMoreAloneAsWell() throws Exception {
    Line line = new Line(system, 1, 0);
    try (HostConnection connection = open(line)) {
      assertThat(result(ask(connection, check(1))).stderr()).isEqualTo("err1\n");
      assertThat(line.shells).hasValue(2);
    }
  }

  @Test
  void findsOutOnceThatATransportCarriesNoErrors() throws Exception {
    Line line = new Line(system, Integer.MAX_VALUE, 0);
    try (HostConnection connection = open(line)) {
      List<Answer> answers = connection.ask(List.of(check(1), check(2), check(3)));
      Answer later = ask(connection, check(4));

      for (Answer answer : answers) {
        assertAnswered(answer, answers.indexOf(answer) + 1);
        assertThat(result(answer).truncated()).isTrue();
      }
      assertAnswered(later, 4);
      assertThat(line.shells).hasValue(2);
    }
  }

  @Test
  void leavesLateErrorsToNoOtherCheck() throws Exception {
    Line line = new Line(system, 2, 2);
    try (HostConnection connection = open(line)) {
      List<Answer> answers = connection.ask(List.of(check(1), check(2)));

      assertAnswered(answers.get(0), 1);
      assertThat(result(answers.get(0)).truncated()).isTrue();
      assertThat(result(answers.get(0)).stderrBytes()).containsExactly('e', 'r');
      assertAnswered(answers.get(1), 2);
      assertThat(result(answers.get(1)).stderr()).isEqualTo("err2\n");
      assertThat(line.shells).hasValue(3);
    }
  }

  /** Shells of this machine, of which the first ones that check hold back standard error. */
  private static final class Line implements ShellLine {
    private final ShellLine shell;
    private final int holding;
    private final int passing;
    private final AtomicInteger shells = new AtomicInteger();

    /**
     * A line.
     *
     * @param holding how many shells hold it back
     * @param passing how many bytes of it these let pass
     */
    Line(Scheduler system, int holding, int passing) {
      this.shell = new ProcessLine(List.of("sh"), system);
      this.holding = holding;
      this.passing = passing;
    }

    boolean isHolding() {
      int now = shells.get();
      return now > 0 && now <= holding;
    }

    @Override
    public OpenShell open(ShellOutput output)
        throws UnreachableException, IOException, InterruptedException {
      HeldBack held = new HeldBack(output);
      return new Checking(shell.open(held), held, this);
    }

    /** One more shell that checks; others just end such a one. */
    void checksIn(HeldBack held) {
      shells.incrementAndGet();
      if (isHolding()) {
        held.hold(passing);
      }
    }

    @Override
    public boolean isOpen() {
      return shell.isOpen();
    }

    @Override
    public void close() {
      shell.close();
    }
  }

  private static final class Checking implements OpenShell {
    private final OpenShell shell;
    private final HeldBack held;
    private final Line line;
    private boolean checks;

    Checking(OpenShell shell, HeldBack held, Line line) {
      this.shell = shell;
      this.held = held;
      this.line = line;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      if (!checks && new String(bytes, UTF_8).contains("echo out")) {
        checks = true;
        line.checksIn(held);
      }
      shell.write(bytes);
    }

    @Override
    public boolean isAlive() {
      return shell.isAlive();
    }

    @Override
    public boolean end(Duration grace) {
      return shell.end(grace);
    }

    @Override
    public void leave(Optional<String> finished) {
      shell.leave(finished);
    }
  }

  private static final class HeldBack implements ShellOutput {
    private final ShellOutput output;
    private int passing = Integer.MAX_VALUE;

    HeldBack(ShellOutput output) {
      this.output = output;
    }

    synchronized void hold(int passing) {
      this.passing = passing;
    }

    @Override
    public void out(byte[] bytes, int from, int length) {
      output.out(bytes, from, length);
    }

    @Override
    public synchronized void err(byte[] bytes, int from, int length) {
      int some = Math.min(length, passing);
      passing -= some;
      if (some > 0) {
        output.err(bytes, from, some);
      }
    }

    @Override
    public void outEnded() {
      output.outEnded();
    }

    @Override
    public void errEnded() {
      // a connection that is stuck shows no end
    }
  }

  /** Real time that skips the waits for standard error while that is held back. */
  private record Impatient(Scheduler system, Line line, AtomicLong skipped) implements Scheduler {
    Impatient(Scheduler system, Line line) {
      this(system, line, new AtomicLong());
    }

    @Override
    public long nanoTime() {
      return system.nanoTime() + skipped.get();
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
      if (line.isHolding() && atMost.compareTo(DRAIN) <= 0 && !future.isDone()) {
        skipped.addAndGet(atMost.toNanos());
        return false;
      }
      return system.await(future, atMost);
    }

    @Override
    public Instant now() {
      return system.now();
    }

    @Override
    public RandomGenerator random() {
      return system.random();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
      return system.after(delay, action);
    }

    @Override
    public Work start(String name, Runnable work) {
      return system.start(name, work);
    }

    @Override
    public void close() {
      system.close();
    }
  }
}
