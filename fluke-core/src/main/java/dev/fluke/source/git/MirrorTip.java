package dev.fluke.source.git;

import dev.fluke.source.SourceUnavailableException;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** The mirror's own ref, by which the next fetch knows what the mirror has. */
final class MirrorTip {
  static final String NAME = "refs/fluke/tip";

  private MirrorTip() {}

  /** Points the ref to this object. Removes a stale lock, and then asks for another poll. */
  static void move(Repository mirror, ObjectId id) throws IOException, SourceUnavailableException {
    RefUpdate update = mirror.updateRef(NAME);
    update.setNewObjectId(id);
    update.setForceUpdate(true);
    update.disableRefLog();
    RefUpdate.Result result = update.update();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
        // it points there now
      }
      case LOCK_FAILURE -> {
        MirrorFiles.deleteStale(mirror.getDirectory().toPath());
        throw SourceUnavailableException.because(
                "the mirror's ref had a stale lock, which is now removed")
            .retryAfter(Duration.ZERO);
      }
      default -> throw new DamagedMirrorException("its ref did not move: " + result);
    }
  }
}
