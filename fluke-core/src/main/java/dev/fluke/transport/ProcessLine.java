package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shells behind a program of this machine: each is one process of it. */
final class ProcessLine implements ShellLine {
  private final List<String> argv;
  private final Scheduler real;
  private boolean open = true;

  ProcessLine(List<String> argv, Scheduler real) {
    this.argv = argv;
    this.real = real;
  }

  @Override
  public OpenShell open(ShellOutput output) throws IOException {
    Process process = started(argv);
    real.start(
        "fluke-shell-out", () -> copy(process.getInputStream(), output::out, output::outEnded));
    real.start(
        "fluke-shell-err", () -> copy(process.getErrorStream(), output::err, output::errEnded));
    return new ProcessShell(process, real);
  }

  private interface Taker {
    void take(byte[] bytes, int from, int length);
  }

  private static void copy(InputStream from, Taker into, Runnable ended) {
    byte[] buffer = new byte[16 * 1024];
    try (from) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        into.take(buffer, 0, n);
      }
    } catch (IOException e) {
      // the stream was closed under us: the same as its end
    } finally {
      ended.run();
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  /** A shell and the process that it is, or that leads to it. */
  private record ProcessShell(Process process, Scheduler real) implements OpenShell {

    @Override
    public void write(byte[] bytes) throws IOException {
      process.getOutputStream().write(bytes);
      process.getOutputStream().flush();
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public boolean end(Duration grace) {
      List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
      all.add(process.toHandle());
      try {
        return Processes.end(all, grace, real);
      } finally {
        closeInput();
      }
    }

    /** The drains that copied an apply's output hither end; those behind them read on. */
    @Override
    public void leave(Optional<String> finished) {
      if (finished.isPresent()) {
        process
            .descendants()
            .filter(
                one ->
                    finished.get().equals(Long.toString(one.pid()))
                        || (Processes.isNamed(one, "cat") && !isBelow(one, "timeout")))
            .forEach(ProcessHandle::destroy);
        if (!Processes.endsByItself(process.toHandle())) {
          process.destroy();
        }
      }
      closeInput();
    }

    private static boolean isBelow(ProcessHandle one, String program) {
      return one.parent()
          .map(up -> Processes.isNamed(up, program) || isBelow(up, program))
          .orElse(false);
    }

    private void closeInput() {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        // it is gone, which is what was wanted
      }
    }
  }

  /** Java's threads that wait for processes take the context class loader over, and keep it. */
  private static Process started(List<String> argv) throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      return new ProcessBuilder(argv).start();
    } finally {
      thread.setContextClassLoader(context);
    }
  }
}
