package dev.fluke.source.git;

import dev.fluke.command.Mask;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a repository: fetches at each poll, and rebuilds a damaged mirror. */
final class GitFeed implements ManifestSource.Feed {
  private static final Logger log = LoggerFactory.getLogger(GitFeed.class);
  private static final Duration BETWEEN_REBUILDS = Duration.ofMinutes(10);
  private static final int MANY_PACKS = 100;

  private final GitOptions options;
  private final Scheduler scheduler;
  private final NetworkAccess network;
  private final CommitReader commits;
  private @Nullable GitMirror mirror;
  private volatile @Nullable FetchWatchdog running;
  private boolean rebuilt;
  private long rebuiltAt;

  GitFeed(GitOptions options, Scheduler scheduler, ManifestReader reader, NetworkAccess network) {
    this.options = options;
    this.scheduler = scheduler;
    this.network = network;
    this.commits = new CommitReader(options, reader, scheduler);
  }

  @Override
  public synchronized News poll() throws Exception {
    GitCredentials given = options.access().credentials();
    GitCredentials credentials = given == null ? null : given.resolved();
    try (FetchWatchdog watchdog =
        FetchWatchdog.start(scheduler.real(), options.timing().limits())) {
      running = watchdog;
      NetworkAccess reach = reach();
      try (GitConnector connector =
          new GitConnector(options, credentials, reach, watchdog, scheduler.real())) {
        return pollOver(connector);
      }
    }
  }

  private NetworkAccess reach() throws SourceUnavailableException {
    try {
      return GitNetwork.of(options, network);
    } catch (IOException e) {
      throw SourceUnavailableException.because(GitErrorText.of(e)).causedBy(e);
    }
  }

  /** Omits the cause if the poll authenticates, since it may contain the secret. */
  private static SourceUnavailableException unavailable(
      String reason, Exception e, boolean authenticates) {
    SourceUnavailableException bare = SourceUnavailableException.because(reason);
    if (e instanceof SourceUnavailableException known) {
      return authenticates ? known.retryAfter().map(bare::retryAfter).orElse(bare) : known;
    }
    return authenticates ? bare : bare.causedBy(e);
  }

  private News pollOver(GitConnector connector) throws Exception {
    try {
      return poll(connector);
    } catch (Exception e) {
      throw unavailable(connector.reason(e), e, connector.authenticates());
    }
  }

  private News poll(GitConnector connector) throws Exception {
    GitMirror held = mirror;
    if (held == null) {
      JGitStart.once();
      held = GitMirror.in(options.mirror());
      mirror = held;
    }
    GitRemote remote = new GitRemote(options.ref(), connector);
    try (Repository repository = held.open()) {
      News news = commits.read(repository, remote.fetch(repository), lastGood(held));
      packIfMany(held, repository);
      return news;
    } catch (Exception e) {
      if (connector.isEnded() || !DamagedMirrorException.isBehind(e)) {
        throw e;
      }
      return rebuild(held, remote, e, connector.reason(e));
    }
  }

  private LastGoodCommit lastGood(GitMirror held) {
    return new LastGoodCommit(held.directory(), options);
  }

  private News rebuild(GitMirror held, GitRemote remote, Exception damage, String why)
      throws Exception {
    long now = scheduler.nanoTime();
    if (rebuilt && now - rebuiltAt < BETWEEN_REBUILDS.toNanos()) {
      throw SourceUnavailableException.because(
              "the mirror is damaged again, and was rebuilt less than 10 minutes ago: " + why)
          .causedBy(damage);
    }
    rebuilt = true;
    rebuiltAt = now;
    String remark = "the mirror was damaged and has been rebuilt: " + why;
    log.warn("source {}: {}", Mask.url(options.url()), remark);
    commits.remark(remark);
    return held.rebuild(fresh -> commits.read(fresh, remote.fetch(fresh), lastGood(held)));
  }

  /** Each fetch adds a pack; many packs become one. */
  private static void packIfMany(GitMirror held, Repository repository) throws Exception {
    if (held.packs() > MANY_PACKS) {
      try (Git git = Git.wrap(repository)) {
        git.gc().call();
      }
    }
  }

  /** Also ends a poll that is under way, since a blocked socket ignores interrupts. */
  @Override
  public void close() {
    FetchWatchdog watchdog = running;
    if (watchdog != null) {
      watchdog.end("the source was closed");
    }
    release();
  }

  private synchronized void release() {
    GitMirror held = mirror;
    mirror = null;
    try {
      if (held != null) {
        held.close();
      }
    } catch (Exception e) {
      log.debug("the mirror could not be closed", e);
    }
  }
}
