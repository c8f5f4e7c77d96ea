package dev.fluke.transport;

import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host was found to have when the first shell was opened.
 *
 * @param user who is logged in
 * @param process the process of a shell; it leads a session where the host has setsid
 * @param names all that was found, for people
 * @param lockTrouble for people: why there is no lock; empty if there is one
 */
record HostCapabilities(
    boolean isRoot,
    String user,
    boolean hasTimeout,
    boolean hasLock,
    String process,
    List<String> names,
    String lockTrouble) {
  private static final String NO_FLOCK = "no usable flock on the home directory";

  /** Before anything was found. */
  static final HostCapabilities NONE = new HostCapabilities(false, "", false, false, "", List.of());

  HostCapabilities(
      boolean isRoot,
      String user,
      boolean hasTimeout,
      boolean hasLock,
      String process,
      List<String> names) {
    this(isRoot, user, hasTimeout, hasLock, process, names, hasLock ? "" : NO_FLOCK);
  }

  /** As {@link ShellScripts#probing} prints it. */
  static HostCapabilities read(String found, Target target) throws UnreachableException {
    String[] parts = found.split(" ", -1);
    if (parts.length != 7) {
      throw UnreachableException.because(
          "the shell answers strangely: " + Printable.lastLineOf(found, 400));
    }
    boolean timeout = parts[2].equals("1");
    boolean lock = parts[3].equals("1");
    List<String> names = new ArrayList<>(List.of("/bin/sh"));
    if (parts[4].equals("1") && !names.contains(target.defaultShell())) {
      names.add(target.defaultShell());
    }
    if (timeout) {
      names.add("timeout");
    }
    if (lock) {
      names.add("flock");
    }
    if (parts[5].equals("1")) {
      names.add("setsid");
    }
    return new HostCapabilities(
        parts[0].equals("0"),
        parts[1],
        timeout,
        lock,
        parts[6],
        List.copyOf(names),
        lockTrouble(parts[3], parts[1]));
  }

  private static String lockTrouble(String lock, String user) {
    return switch (lock) {
      case "1" -> "";
      case "home" -> "the home directory of " + user + " can't be opened";
      case "name" -> "the user " + user + " has no name on this host, and so no home directory";
      default -> NO_FLOCK;
    };
  }

  /** Whether the lock can be held while Fluke asks a check: the host ends the wait. */
  boolean canHold() {
    return hasLock && hasTimeout;
  }

  /** The same host, if its lock turns out to be of no use. */
  HostCapabilities withoutLock() {
    return new HostCapabilities(isRoot, user, hasTimeout, false, process, names, NO_FLOCK);
  }

  /** The same host, in a shell of this kind. */
  HostCapabilities as(UserShell kind, String process) {
    return kind.isOfAnotherUser()
        ? new HostCapabilities(false, kind.user(), hasTimeout, hasLock, process, names, lockTrouble)
        : at(process);
  }

  /** The same host, in another shell. */
  HostCapabilities at(String otherProcess) {
    return new HostCapabilities(
        isRoot, user, hasTimeout, hasLock, otherProcess, names, lockTrouble);
  }
}
