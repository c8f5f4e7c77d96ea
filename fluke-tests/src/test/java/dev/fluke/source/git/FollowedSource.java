package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.time.Scheduler;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/** A feed of a source, with the results of its polls as text. */
final class FollowedSource implements AutoCloseable {
  static final ManifestReader READER = ManifestReader.of(new PairKind());

  private final Scheduler scheduler = Scheduler.system();
  private final ManifestSource.Feed feed;

  FollowedSource(ManifestSource source) {
    assertThat(source.problems()).isEmpty();
    feed = source.open(scheduler, READER);
  }

  /** The news as text: the id and its tasks, the errors, or {@code unchanged}. */
  String poll() throws Exception {
    News news = feed.poll();
    if (news instanceof News.Good good) {
      return good.revision().id()
          + good.revision().manifest().tasks().stream()
              .map(task -> " " + task.name())
              .collect(Collectors.joining());
    }
    return news instanceof News.Broken broken
        ? "broken " + broken.id() + " " + broken.errors()
        : "unchanged";
  }

  Revision good() throws Exception {
    News news = feed.poll();
    assertThat(news).isInstanceOf(News.Good.class);
    return ((News.Good) news).revision();
  }

  /** Why the source is unavailable. */
  SourceUnavailableException unavailable() {
    Throwable thrown = Assertions.catchThrowable(feed::poll);
    assertThat(thrown).isInstanceOf(SourceUnavailableException.class);
    return (SourceUnavailableException) thrown;
  }

  @Override
  public void close() {
    feed.close();
    scheduler.close();
  }
}
