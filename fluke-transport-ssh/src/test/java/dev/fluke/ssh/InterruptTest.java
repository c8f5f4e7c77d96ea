package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.none;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.ssh.CuttingProxy.Fault;
import dev.fluke.ssh.CuttingProxy.Way;
import dev.fluke.transport.Answer;
import dev.fluke.transport.Answer.Reason;
import dev.fluke.transport.HostConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A thread that is interrupted while it waits for a host, in each phase. */
@Tag("T08")
class InterruptTest {
  @RegisterExtension static final Lab lab = new Lab();
  @TempDir Path dir;

  /** So long would a call take that ignores the interrupt. */
  private static final Duration LONG = Duration.ofMinutes(10);

  /** Interrupts a call once it waits, and wants it to come back at once, and still interrupted. */
  private static <T> T interrupted(String phase, Callable<Boolean> waits, Callable<T> call)
      throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    CompletableFuture<T> done =
        Lab.aside(
            () -> {
              thread.complete(Thread.currentThread());
              try {
                return call.call();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
              } finally {
                flag.complete(Thread.interrupted());
              }
            });
    lab.until(phase, waits);
    long start = System.nanoTime();
    thread.get().interrupt();
    T result = Waiting.result(done);
    if (result instanceof Answer answer) {
      assertThat(none(answer).why()).as(phase).startsWith("cancelled"); // by no limit
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as(phase)
        .isLessThan(Duration.ofMinutes(1));
    assertThat(flag.get()).as("still interrupted: %s", phase).isTrue();
    return result;
  }

  private static boolean runs(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  @Test
  void returnsWhileConnecting() throws Exception {
    try (FullDoor door = new FullDoor()) {
      Ssh ssh = lab.server().ssh().port(door.port()).connectingWithin(LONG);
      assertThat(interrupted("connect", () -> runs("fluke-ssh-login"), () -> lab.open(ssh)))
          .isNull();
    }
  }

  @Test
  void returnsWhileExchangingKeysOrLoggingIn() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ssh ssh = lab.server().ssh().port(silent.getLocalPort()).loggingInWithin(LONG);
      assertThat(interrupted("banner", () -> runs("fluke-ssh-login"), () -> lab.open(ssh)))
          .isNull();
    }
    for (int bytes : new int[] {800, 1900}) { // in key exchange, and after it
      CuttingProxy proxy = lab.proxy();
      proxy.after(bytes, Way.DOWN, Fault.SILENCE);
      assertThat(
              interrupted(
                  "login",
                  proxy::hasStruck,
                  () -> lab.open(lab.through(proxy).loggingInWithin(LONG))))
          .isNull();
    }
  }

  @Test
  void returnsWhileAChannelIsOpened() throws Exception {
    CuttingProxy proxy = lab.proxy();
    HostConnection connection = lab.open(lab.through(proxy));
    proxy.after(0, Way.UP, Fault.SILENCE);
    Command apply = Command.of("touch", dir.resolve("never").toString()).timeout(LONG);
    assertThat(none(interrupted("channel", proxy::hasStruck, () -> connection.act(apply))).reason())
        .isEqualTo(Reason.NOT_BEGUN);
    assertThat(connection.isOpen()).isFalse();
    assertThat(dir.resolve("never")).doesNotExist();
  }

  @Test
  void returnsWhileAShellIsRequested() throws Exception {
    CuttingProxy proxy = lab.proxy();
    HostConnection connection = lab.open(lab.through(proxy));
    proxy.after(200, Way.UP, Fault.SILENCE);
    Command apply = Command.of("true").timeout(LONG);
    assertThat(none(interrupted("shell", proxy::hasStruck, () -> connection.act(apply))).reason())
        .isEqualTo(Reason.NOT_BEGUN);
  }

  @Test
  void returnsWhileWritingToAHostThatReadsNothing() throws Exception {
    CuttingProxy proxy = lab.proxy();
    HostConnection connection = lab.open(lab.through(proxy));
    proxy.after(100_000, Way.UP, Fault.HOLD);
    Command large = Command.of("cksum").stdin(new byte[8 * 1024 * 1024]).timeout(LONG);
    assertThat(none(interrupted("write", proxy::hasStruck, () -> ask(connection, large))).reason())
        .isEqualTo(Reason.KILLED);
  }

  private Command standing() {
    return Command.shell("echo $$ > \"$D/pid\"; exec sleep 600")
        .env("D", dir.toString())
        .timeout(LONG);
  }

  private boolean stands() throws Exception {
    return Files.exists(dir.resolve("pid")) && Files.size(dir.resolve("pid")) > 1;
  }

  private boolean isGone() throws Exception {
    long pid = Long.parseLong(Files.readString(dir.resolve("pid")).strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  @Test
  void killsTheCheckThatRuns() throws Exception {
    HostConnection connection = lab.open(lab.server().ssh());
    assertThat(none(interrupted("read", this::stands, () -> ask(connection, standing()))).reason())
        .isEqualTo(Reason.KILLED);
    lab.until("the check is gone", this::isGone);
    assertThat(stdout(ask(connection, Command.of("echo", "next")))).isEqualTo("next\n");
  }

  @Test
  void killsTheApplyThatRuns() throws Exception {
    HostConnection connection = lab.open(lab.server().ssh());
    assertThat(none(interrupted("apply", this::stands, () -> connection.act(standing()))).reason())
        .isEqualTo(Reason.KILLED);
    assertThat(isGone()).isTrue();
    assertThat(stdout(connection.act(limited(Command.of("echo", "next"))))).isEqualTo("next\n");
  }

  @Test
  void returnsWhileAnApplyRunsOnASilentHost() throws Exception {
    CuttingProxy proxy = lab.proxy();
    HostConnection connection = lab.open(lab.through(proxy));
    Callable<Boolean> stands =
        () -> {
          if (stands()) {
            proxy.silence();
          }
          return stands();
        };
    assertThat(none(interrupted("silent", stands, () -> connection.act(standing()))).reason())
        .isEqualTo(Reason.END_NOT_KNOWN);
    ProcessHandle.of(Long.parseLong(Files.readString(dir.resolve("pid")).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }
}
