package dev.fluke.transport;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The shells that these tests speak to; all must be installed. */
final class Shells implements AutoCloseable {
  final Scheduler scheduler = Scheduler.system();

  static Stream<Transport> all() {
    return Stream.of(
        Local.machine(),
        Transport.throughShell("dash"),
        Transport.throughShell("bash"),
        Transport.throughShell("busybox", "sh"));
  }

  /** The same on hosts of their own: this directory is the home, and so it has the lock. */
  static Stream<Transport> allApart(Path home) {
    return Stream.of("setsid sh", "dash", "bash", "busybox sh").map(shell -> apart(home, shell));
  }

  /** A shell on a host of its own: this directory is the home, and so it has the lock. */
  static Transport apart(Path home, String shell) {
    return Transport.throughShell(inHome(home, "exec " + shell));
  }

  /** The same at the end of a wire; {@link #cut} cuts that of the shell that was opened last. */
  static Transport apartThatCanBeCut(Path home, Path dir) throws IOException {
    Path words = dir.resolve("shell");
    program(words, "mount --bind '" + home + "' ~root && exec sh");
    return thatCanBeCut(dir, "unshare --mount " + words);
  }

  /** Ends the processes that are the wire of the shell that was opened last. */
  static void cut(Path dir) throws IOException {
    for (String pid : Files.readString(dir.resolve("relay")).strip().split(" ", -1)) {
      ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** The words of a shell in this home. */
  static String[] inHome(Path home, String words) {
    String mounts = "mount --bind \"$0\" ~root && " + words;
    return new String[] {"unshare", "--mount", "sh", "-c", mounts, home.toString()};
  }

  /**
   * A shell at the end of a wire, as over a network: it is no child of ours, and what it runs lives
   * on when the wire is cut. The file {@code relay} in the directory names the processes that are
   * the wire.
   */
  static Transport thatCanBeCut(Path dir, String shell) {
    String relay =
        "w=$(mktemp -d \"$1/wXXXXXX\") && mkfifo $w/i $w/o $w/e && { (setsid $2 <$w/i >$w/o 2>$w/e &);"
            + " cat $w/e >&2 & e=$!; cat $w/o & echo $$ $e $! >\"$1/relay\"; exec cat >$w/i; }";
    return Transport.throughShell("sh", "-c", relay, "relay", dir.toString(), shell);
  }

  /** Puts a flock into the directory that has as few options as that of BusyBox. */
  static void busyBoxFlock(Path dir) throws IOException {
    program(
        dir.resolve("flock"),
        "case $1 in -w | -E) echo 'flock: invalid option' >&2; exit 1 ;; esac",
        "exec /usr/bin/flock \"$@\"");
  }

  /** Writes a program for a shell. */
  static void program(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + file);
    }
  }

  HostConnection open(Transport transport) throws Exception {
    return transport.open(Target.of("here", scheduler));
  }

  static Command limited(Command command) {
    return command.timeout().isPresent() ? command : command.timeout(Duration.ofSeconds(20));
  }

  static Answer ask(HostConnection connection, Command command) {
    return connection.ask(List.of(limited(command))).get(0);
  }

  static CommandResult result(Answer answer) {
    return answer.fold(
        result -> result,
        none -> {
          throw new AssertionError("no result: " + none);
        });
  }

  static Answer.None none(Answer answer) {
    return answer.fold(
        result -> {
          throw new AssertionError("a result: " + result);
        },
        none -> none);
  }

  /** Whether a process of this machine runs whose command line ends like this. */
  static boolean running(String commandLine) {
    return ProcessHandle.allProcesses()
        .filter(process -> !Processes.isGone(process))
        .anyMatch(process -> process.info().commandLine().orElse("").endsWith(commandLine));
  }

  /** Waits for something that another process does. */
  void until(BooleanSupplier holds) throws InterruptedException {
    for (int i = 0; i < 600 && !holds.getAsBoolean(); i++) {
      scheduler.await(new CompletableFuture<>(), Duration.ofMillis(50));
    }
    if (!holds.getAsBoolean()) {
      throw new AssertionError("not within 30 s");
    }
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
