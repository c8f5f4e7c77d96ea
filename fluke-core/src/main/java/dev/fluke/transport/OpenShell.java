package dev.fluke.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One shell at the end of a {@link ShellLine}. Implemented by transports; safe for any thread. */
public interface OpenShell {

  /** Sends bytes to its standard input; blocks while the shell does not read. */
  void write(byte[] bytes) throws IOException;

  /** Whether it still runs, as far as is known here. */
  boolean isAlive();

  /**
   * Ends it and what it started on this side, such as the process that leads to it: TERM, and KILL
   * after the grace. Blocks that long at most, and not if the thread is interrupted. What is on the
   * host is ended there, by Fluke.
   *
   * @return whether nothing of it is left on this side
   */
  boolean end(Duration grace);

  /**
   * Lets go of its streams; what it started goes on.
   *
   * @param finished the shell's process on the host, if the command that it ran has come to its
   *     end, so that only what that left in the background may still run; else empty
   */
  void leave(Optional<String> finished);
}
