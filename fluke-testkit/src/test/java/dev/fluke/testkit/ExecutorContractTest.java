package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract holds who keeps it, and names what is broken. */
class ExecutorContractTest {
  private final AtomicReference<String> file = new AtomicReference<>("");
  private final FakeHost host =
      FakeHost.named("host")
          .answer("read", command -> CommandResult.exited(0).withStdout(file.get()))
          .answer("write", command -> written(file.updateAndGet(before -> "hello")))
          .answer("append", command -> written(file.updateAndGet(before -> before + "hello")))
          .mutates("write")
          .mutates("append");

  private static CommandResult written(String text) {
    return CommandResult.exited(0).withStdout(text);
  }

  /** Any check and apply. */
  private record Scripted(String name, Check check, Apply apply) implements Executor {
    private interface Check {
      CheckResult on(Host host);
    }

    private interface Apply {
      void on(Host host);
    }

    @Override
    public CheckResult check(Host host) {
      return check.on(host);
    }

    @Override
    public void apply(Host host) {
      apply.on(host);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static CheckResult read(Host host) {
    String found = host.run(Command.shell("read")).orThrow().stdout();
    return found.contains("hello")
        ? CheckResult.inSync()
        : CheckResult.drifted("text", "hello", found);
  }

  private static Scripted.Apply runs(String command) {
    return host -> host.run(Command.shell(command)).orThrow();
  }

  private ExecutorContract contract(Scripted.Check check, Scripted.Apply apply) {
    return ExecutorContract.of(new Scripted("motd", check, apply), host)
        .brokenBy(() -> file.set("broken "))
        .state(file::get);
  }

  @Test
  void passesAnExecutorThatKeepsIt() {
    contract(ExecutorContractTest::read, runs("write")).verify();
  }

  @Test
  void verifiesASlowFakeHostInVirtualTime() {
    host.takes("write", Duration.ofMinutes(10)).takes("read", Duration.ofSeconds(50));

    contract(ExecutorContractTest::read, runs("write")).verify();
  }

  @Test
  void findsACheckThatMissesTheDrift() {
    assertThatThrownBy(() -> contract(any -> CheckResult.inSync(), runs("write")).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "motd breaks its contract: the check finds the drift; but contract on host:"
                + " IN_SYNC");
  }

  @Test
  void findsACheckWithDifferentAnswers() {
    AtomicInteger asked = new AtomicInteger();

    assertThatThrownBy(
            () ->
                contract(
                        any -> CheckResult.drifted("n", "0", "" + asked.incrementAndGet()),
                        runs("write"))
                    .verify())
        .hasMessage(
            "motd breaks its contract: the check gives the same answer twice; but it answered\n"
                + "[n should be '0', is '1']\nand then\n[n should be '0', is '2']");
  }

  @Test
  void findsACheckThatWritesAndShowsBothStates() {
    Scripted.Check writes =
        host -> {
          file.updateAndGet(before -> before + "!");
          return CheckResult.drifted("text", "hello", "something");
        };

    assertThatThrownBy(() -> contract(writes, runs("write")).verify())
        .hasMessage(
            "motd breaks its contract: the check changes nothing; but the host was\nbroken \n"
                + "and then\nbroken !!");
  }

  @Test
  void findsACheckThatRunsAWritingCommand() {
    AtomicReference<String> other = new AtomicReference<>("broken");
    host.answer("touch", 0).mutates("touch");
    Scripted.Check touches =
        on -> {
          on.run(Command.shell("touch"));
          return other.get().isEmpty()
              ? CheckResult.inSync()
              : CheckResult.drifted("other", "", other.get());
        };

    assertThatThrownBy(
            () ->
                ExecutorContract.of(new Scripted("motd", touches, on -> other.set("")), host)
                    .verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("the check writes: [touch");
  }

  @Test
  void findsAnApplyThatRepairsNothing() {
    assertThatThrownBy(() -> contract(ExecutorContractTest::read, runs("read")).verify())
        .hasMessageStartingWith(
            "motd breaks its contract: the apply makes the check pass; but contract on host:"
                + " NON_CONVERGENT");
  }

  @Test
  void findsAnApplyThatIsNotIdempotentAndShowsBothStates() {
    assertThatThrownBy(() -> contract(ExecutorContractTest::read, runs("append")).verify())
        .hasMessage(
            "motd breaks its contract: a second apply changes nothing; but the host was\n"
                + "broken hello\nand then\nbroken hellohello");
  }

  /** Without a host: a file of this machine that reads {@code hello}. */
  private static ExecutorContract ofFile(Path file, Scripted.Check check, OpenOption... how) {
    Scripted.Apply apply = host -> write(file, how);
    return ExecutorContract.of(new Scripted("motd", check, apply)).files(file.getParent());
  }

  private static void write(Path file, OpenOption... how) {
    try {
      Files.writeString(file, "hello", how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CheckResult exists(Path file) {
    return Files.exists(file)
        ? CheckResult.inSync()
        : CheckResult.drifted("file", "there", "missing");
  }

  @Test
  void comparesFiles(@TempDir Path dir) {
    Path file = dir.resolve("motd");

    ofFile(file, host -> exists(file)).verify();
  }

  @Test
  void findsACheckThatRewritesTheSameBytes(@TempDir Path dir) {
    Path file = dir.resolve("motd");
    Scripted.Check rewrites =
        host -> {
          CheckResult found = exists(file);
          if (found instanceof CheckResult.InSync) {
            write(file);
          }
          return found;
        };

    assertThatThrownBy(() -> ofFile(file, rewrites).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith(
            "motd breaks its contract: the check changes nothing; but the host was\n" + dir)
        .hasMessageContaining("5 bytes 2cf24dba5fb0a30e");
  }

  @Test
  void findsAnApplyThatAppendsToAFile(@TempDir Path dir) {
    Path file = dir.resolve("motd");

    assertThatThrownBy(
            () ->
                ofFile(
                        file,
                        host -> exists(file),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND)
                    .verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("motd breaks its contract: a second apply changes nothing")
        .hasMessageContainingAll(" 5 bytes ", " 10 bytes ");
  }
}
