package dev.fluke.transport;

import java.io.IOException;

/**
 * A way to one host on which POSIX shells can be opened, each a stream of bytes. What implements it
 * gets Fluke's framing, limits and locks from {@link HostConnection#overShells}.
 *
 * <p>Implemented by transports; used by one thread at a time.
 */
public interface ShellLine extends AutoCloseable {

  /**
   * Opens one more shell. Blocks until its streams can be used, at most some seconds.
   *
   * @param output is given what the shell prints
   * @throws UnreachableException if the line was lost, or the host has no shell for us
   * @throws IOException if anything else is wrong; means the same
   * @throws InterruptedException if the thread was interrupted; no shell is left behind
   */
  OpenShell open(ShellOutput output) throws UnreachableException, IOException, InterruptedException;

  /** Whether shells can still be opened, as far as is known; once false it stays so. */
  boolean isOpen();

  /** Lets go of the line and of all shells on it; what applies left running goes on. */
  @Override
  void close();
}
