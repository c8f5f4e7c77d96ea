package dev.fluke.reconcile.internal.revision;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.Feed;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.time.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The feed of a source. It is opened at the first poll, and again at the next one if that failed.
 * Calls the application's code, so it holds no lock meanwhile. Polled by one thread at a time, and
 * closed by any.
 */
final class SourceFeed {
  private final ManifestSource source;
  private final Scheduler scheduler;
  private final ManifestReader reader;
  private @Nullable Feed open;
  private boolean closed;

  SourceFeed(ManifestSource source, Scheduler scheduler, ManifestReader reader) {
    this.source = source;
    this.scheduler = scheduler;
    this.reader = reader;
  }

  /**
   * Polls the source; opens it first if needed.
   *
   * @throws Exception if it is unavailable, or broke its contract
   */
  News poll() throws Exception {
    Feed feed = opened();
    News news = (feed == null ? open() : feed).poll();
    String broken = problemOf(news);
    if (!broken.isEmpty()) {
      throw SourceUnavailableException.because(broken);
    }
    return news;
  }

  private synchronized @Nullable Feed opened() throws SourceUnavailableException {
    if (closed) {
      throw SourceUnavailableException.because("the reconciler was closed");
    }
    return open;
  }

  private Feed open() throws SourceUnavailableException {
    Feed feed = source.open(scheduler, reader);
    if (feed == null) {
      throw SourceUnavailableException.because("its open(..) returned null");
    }
    synchronized (this) {
      if (!closed) {
        open = feed;
        return feed;
      }
    }
    feed.close(); // closed meanwhile, by a thread that could not see this feed
    throw SourceUnavailableException.because("the reconciler was closed");
  }

  private static String problemOf(@Nullable News news) {
    if (news == null) {
      return "its poll() returned null";
    }
    if (news instanceof News.Good good && good.revision() == null) {
      return "its poll() returned a new revision that is null";
    }
    if (news instanceof News.Broken broken && broken.id() == null) {
      return "its poll() returned a broken revision whose id is null";
    }
    return "";
  }

  /** Closes the feed if it is open; what that throws reaches the caller. */
  void close() {
    Feed feed;
    synchronized (this) {
      closed = true;
      feed = open;
    }
    if (feed != null) {
      feed.close();
    }
  }
}
