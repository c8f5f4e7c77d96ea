package dev.fluke.transport;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Asks a host for one more shell, and again while it has no room for one. A host may allow few
 * shells at once, and count one that ended a moment ago.
 *
 * @param makeRoom lets go of a shell that is not in use; gives whether there may be room soon
 */
record RoomRetry(Scheduler real, BooleanSupplier makeRoom) {
  static final int TRIES = 20;
  static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

  /** How often it tries before it lets go of another shell. */
  private static final int TRIES_TO_LET_GO = 3;

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
        boolean letsGo = i % TRIES_TO_LET_GO == 1;
        if (i == tries || !line.isOpen() || (letsGo && !makeRoom.getAsBoolean())) {
          throw e;
        }
        real.sleep(BETWEEN_TRIES);
      }
    }
  }
}
