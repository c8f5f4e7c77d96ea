package dev.fluke.transport;

import java.util.List;

/**
 * How to reach a host. A value: it opens connections and holds none.
 *
 * <p>Users may implement it; what runs commands over a byte stream to a POSIX shell has that
 * already in {@link #throughShell}. Safe for use by any thread.
 */
public interface Transport {

  /**
   * Connects. Blocks until the host can take commands.
   *
   * @throws UnreachableException if that can't be had, with the reason for people; any other
   *     exception means the same
   */
  HostConnection open(Target target) throws Exception;

  /**
   * What is reached, such as {@code web-01:22}: work on one address happens one thing at a time.
   */
  String address();

  /**
   * A host behind a program that connects its standard input and output to a POSIX shell, such as
   * {@code throughShell("docker", "exec", "-i", id, "/bin/sh")}. Its address is the command line.
   *
   * <p>The program is started once for the shell that is kept, and once more for each apply and for
   * each shell that is ended: where the host has {@code setsid} and {@code /proc}, all that a check
   * left behind there is ended with its shell.
   *
   * @param argv the program and its arguments, ASCII, no secrets: everybody on this machine can
   *     read them; it runs with the environment of this process
   */
  static Transport throughShell(String... argv) {
    return new ShellTransport(List.of(argv));
  }
}
