package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks a host for one more shell, and again while it has no room for one. A host may allow few
 * shells at once, and count one that ended a moment ago.
 *
 * @param makeRoom lets go of a shell that is not in use
 */
record RoomRetry(Scheduler real, Runnable makeRoom) {
  static final int TRIES = 20;
  static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  /** Opens something on a line. An {@link IOException} means that nothing began. */
  interface Attempt<T> {
    T make() throws UnreachableException, InterruptedException, IOException;
  }

  /**
   * The first attempt that does not fail for lack of room.
   *
   * @throws IOException that of the last attempt
   */
  <T> T first(ShellLine line, int tries, Attempt<T> attempt)
      throws UnreachableException, InterruptedException, IOException {
    for (int i = 1; ; i++) {
      try {
        return attempt.make();
      } catch (IOException e) {
        if (i == tries || !line.isOpen()) {
          throw e;
        }
        makeRoom.run();
        real.sleep(BETWEEN_TRIES);
      }
    }
  }
}
