package dev.fluke.transport;

import java.io.IOException;
import java.util.List;

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

  /**
   * Runs words of a shell's language as one command, for a host that gives commands but no shell.
   * As {@link #open}, but used by several threads at a time.
   *
   * @param words seen by everybody on the host; no secrets
   * @throws UnreachableException if anything else is wrong; the words may have been run
   * @throws IOException if the host has no room for one more now, or the line has no such thing, as
   *     here; nothing was run
   * @throws InterruptedException as {@link #open} does
   */
  default OpenShell run(String words, ShellOutput output)
      throws UnreachableException, IOException, InterruptedException {
    throw new IOException("nothing but shells can be had over this line");
  }

  /**
   * One more line to the same host, for a moment: where this one has no room for the shell that
   * would end what stands still on it.
   *
   * @throws UnreachableException if the host can't be reached again
   * @throws IOException also where there is but one line, as here
   * @throws InterruptedException if the thread was interrupted
   */
  default ShellLine another() throws UnreachableException, IOException, InterruptedException {
    throw new IOException("there is but one line to this host");
  }

  /** Whether shells can still be opened, as far as is known; once false it stays so. */
  boolean isOpen();

  /** What people should know of this way to the host, such as files that others may change. */
  default List<String> remarks() {
    return List.of();
  }

  /** Lets go of the line and of all shells on it; what applies left running goes on. */
  @Override
  void close();
}
