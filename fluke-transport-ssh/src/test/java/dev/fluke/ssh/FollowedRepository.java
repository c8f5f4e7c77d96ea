package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.source.git.GitSource;
import dev.fluke.time.Scheduler;
import java.util.stream.Collectors;

/** A feed of a repository, and short ways to say what came of a look. */
final class FollowedRepository implements AutoCloseable {
  private final Scheduler scheduler = Scheduler.system();
  private final ManifestSource.Feed feed;

  FollowedRepository(GitSource source) {
    assertThat(source.problems()).isEmpty();
    feed = source.open(scheduler, ManifestReader.of(new SshPairKind()));
  }

  /** The commit and its tasks, or what else the news is. */
  String poll() throws Exception {
    ManifestSource.News news = feed.poll();
    if (news instanceof ManifestSource.News.Good good) {
      return good.revision().id()
          + good.revision().manifest().tasks().stream()
              .map(task -> " " + task.name())
              .collect(Collectors.joining());
    }
    return news.toString();
  }

  /** Why it is out of reach. */
  SourceUnavailableException away() {
    return catchThrowableOfType(SourceUnavailableException.class, feed::poll);
  }

  @Override
  public void close() {
    feed.close();
    scheduler.close();
  }
}
