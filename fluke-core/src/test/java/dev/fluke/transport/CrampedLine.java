package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Shells of this machine, of which only so many may run at a time. */
final class CrampedLine implements ShellLine {
  private final List<String> argv;
  private final Scheduler real;
  private final List<OpenShell> opened = new ArrayList<>();
  private int room;

  CrampedLine(int room, Scheduler scheduler, String... argv) {
    this.room = room;
    this.real = scheduler.real();
    this.argv = List.of(argv);
  }

  /** From now on, so many shells have room. */
  synchronized void room(int most) {
    room = most;
  }

  @Override
  public OpenShell open(ShellOutput output) throws IOException {
    return opened(argv, output);
  }

  @Override
  public OpenShell run(String words, ShellOutput output) throws IOException {
    return opened(List.of("sh", "-c", words), output);
  }

  private synchronized OpenShell opened(List<String> words, ShellOutput output) throws IOException {
    if (opened.stream().filter(OpenShell::isAlive).count() >= room) {
      throw new IOException("no room for one more");
    }
    try (ShellLine line = new ProcessLine(words, real)) {
      OpenShell shell = line.open(output);
      opened.add(shell);
      return shell;
    } catch (UnreachableException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // each shell is ended by itself
  }
}
