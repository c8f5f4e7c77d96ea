package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Processes of this machine that are ended together, and seen to be gone. */
final class Processes {
  private static final Duration AFTER_KILL = Duration.ofSeconds(2);
  private static final Duration LONGEST_BETWEEN_LOOKS = Duration.ofMillis(50);

  private Processes() {}

  /**
   * Ends them: TERM, and KILL after the grace, or at once if the thread is interrupted.
   *
   * @return whether all are surely gone
   */
  static boolean end(List<ProcessHandle> all, Duration grace, Scheduler real) {
    boolean interrupted = false;
    all.stream().filter(process -> !endsByItself(process)).forEach(ProcessHandle::destroy);
    try {
      if (areGone(all, grace, real)) {
        return true;
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      return areGone(all, AFTER_KILL, real);
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether it waits for its child, and would wait 2 s more if it got a TERM itself. */
  static boolean endsByItself(ProcessHandle process) {
    return isNamed(process, "runuser");
  }

  static boolean isNamed(ProcessHandle process, String program) {
    return process.info().command().map(path -> path.endsWith("/" + program)).orElse(false);
  }

  private static boolean areGone(List<ProcessHandle> all, Duration atMost, Scheduler real)
      throws InterruptedException {
    long until = real.nanoTime() + atMost.toNanos();
    Duration wait = Duration.ofMillis(1);
    while (!all.stream().allMatch(Processes::isGone)) {
      if (real.nanoTime() - until >= 0) {
        return false;
      }
      real.sleep(wait);
      wait = wait.compareTo(LONGEST_BETWEEN_LOOKS) < 0 ? wait.multipliedBy(2) : wait;
    }
    return true;
  }

  /**
   * Whether it runs no more. A process that ended but that its parent did not ask after (a zombie)
   * is gone, too: the first process of a container often asks after none, and the JVM takes such a
   * process for alive.
   */
  static boolean isGone(ProcessHandle process) {
    return !process.isAlive() || isZombie(process.pid());
  }

  /** By the field behind the name in {@code /proc/PID/stat}, see proc(5). */
  private static boolean isZombie(long pid) {
    try {
      byte[] stat = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "stat"));
      String line = new String(stat, StandardCharsets.ISO_8859_1);
      int name = line.lastIndexOf(") ");
      return name >= 0 && name + 2 < line.length() && "ZX".indexOf(line.charAt(name + 2)) >= 0;
    } catch (IOException e) {
      return false; // it went this moment, or there is no /proc: isAlive() tells
    }
  }
}
