package dev.fluke.transport;

import java.io.IOException;
import java.time.Duration;

/** One shell at the end of a {@link ShellLine}. Implemented by transports; safe for any thread. */
public interface OpenShell {

  /** Sends bytes to its standard input; blocks while the shell does not read. */
  void write(byte[] bytes) throws IOException;

  /** Ends its standard input. */
  void endInput() throws IOException;

  /** Whether it still runs, as far as is known here. */
  boolean isAlive();

  /**
   * Ends it and what it started, as far as that can be done from here: TERM, and KILL after the
   * grace. Blocks that long at most, and not if the thread is interrupted.
   *
   * @return whether all of it is surely gone; false if only the host can tell
   */
  boolean end(Duration grace);

  /**
   * Lets go of its streams; what it started goes on.
   *
   * @param finished whether the command it ran has come to its end, so that only what that left in
   *     the background may still run
   */
  void leave(boolean finished);
}
