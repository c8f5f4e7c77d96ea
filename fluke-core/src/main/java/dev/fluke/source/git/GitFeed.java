package dev.fluke.source.git;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.text.FileProblem;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows a repository: fetches its ref, and reads the commit if it is a new one. */
final class GitFeed implements ManifestSource.Feed {
  private static final Logger log = LoggerFactory.getLogger(GitFeed.class);
  private static final Duration BETWEEN_REBUILDS = Duration.ofMinutes(10);
  private static final int MANY_PACKS = 100;

  private final GitOptions options;
  private final Scheduler scheduler;
  private final ManifestReader reader;
  private final List<String> untold = new ArrayList<>();
  private @Nullable GitMirror mirror;
  private @Nullable HttpClient client;
  private @Nullable ObjectId seen;
  private volatile @Nullable FetchWatchdog watching;
  private boolean rebuilt;
  private long rebuiltAt;

  GitFeed(GitOptions options, Scheduler scheduler, ManifestReader reader) {
    this.options = options;
    this.scheduler = scheduler;
    this.reader = reader;
  }

  private HttpClient client() throws IOException {
    HttpClient known = client;
    if (known == null) {
      known = GitHttp.client(options, work -> scheduler.real().start("fluke-git-http", work));
      client = known;
    }
    return known;
  }

  @Override
  public synchronized News poll() throws Exception {
    GitCredentials login = options.login == null ? null : options.login.asked();
    try (FetchWatchdog watch =
        FetchWatchdog.start(scheduler.real(), options.silence, options.total)) {
      watching = watch;
      HttpClient way;
      try {
        way = options.isOverHttp() ? client() : null;
      } catch (IOException e) {
        throw SourceUnavailableException.because(GitRemote.words(e)).causedBy(e);
      }
      GitRemote remote = new GitRemote(options, login, way, watch, scheduler.real());
      try {
        return look(remote);
      } catch (Exception e) {
        throw outOfReach(remote.told(e), e, remote.logsIn());
      }
    }
  }

  /** Says why; what came of a look with a login has no cause, which may hold the secret. */
  private static SourceUnavailableException outOfReach(String why, Exception e, boolean logsIn) {
    SourceUnavailableException bare = SourceUnavailableException.because(why);
    if (e instanceof SourceUnavailableException known) {
      return logsIn ? known.retryAfter().map(bare::retryAfter).orElse(bare) : known;
    }
    return logsIn ? bare : bare.causedBy(e);
  }

  private News look(GitRemote remote) throws Exception {
    GitMirror held = mirror;
    if (held == null) {
      held = GitMirror.in(options.mirror);
      mirror = held;
    }
    News news;
    try (Repository repository = held.open()) {
      news = look(repository, remote);
      tidy(held, repository);
    } catch (Exception e) {
      if (!remote.ended().isEmpty() || !DamagedMirrorException.isBehind(e)) {
        throw e;
      }
      news = rebuild(held, remote, e);
    }
    return news;
  }

  private News rebuild(GitMirror held, GitRemote remote, Exception damage) throws Exception {
    long now = scheduler.nanoTime();
    String why = remote.told(damage);
    if (rebuilt && now - rebuiltAt < BETWEEN_REBUILDS.toNanos()) {
      throw SourceUnavailableException.because(
              "the mirror is damaged again, and was rebuilt less than 10 minutes ago: " + why)
          .causedBy(damage);
    }
    rebuilt = true;
    rebuiltAt = now;
    log.warn(
        "source {}: the mirror was damaged and is rebuilt: {}", GitUrls.shown(options.url), why);
    untold.add("the mirror was damaged and is rebuilt: " + why);
    return held.rebuild(fresh -> look(fresh, remote));
  }

  private News look(Repository repository, GitRemote remote) throws Exception {
    ObjectId id = remote.fetch(repository);
    if (id.equals(seen)) {
      return new News.Unchanged();
    }
    News news;
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(id);
      List<String> remarks = new ArrayList<>(untold);
      if (seen != null && !isAncestor(walk, seen, commit)) {
        remarks.add("history was rewritten: " + seen.name() + " is no part of it any more");
      }
      news = read(repository, commit, remarks);
    }
    seen = id;
    untold.clear();
    return news;
  }

  private static boolean isAncestor(RevWalk walk, ObjectId before, RevCommit commit)
      throws IOException {
    try {
      return walk.isMergedInto(walk.parseCommit(before), commit);
    } catch (MissingObjectException e) {
      return false; // the mirror was rebuilt, and the commit is gone
    }
  }

  private News read(Repository repository, RevCommit commit, List<String> remarks)
      throws IOException {
    GitTree tree = GitTree.read(repository, commit, options);
    List<FileProblem> errors = new ArrayList<>(tree.errors());
    remarks.addAll(tree.remarks());
    Manifest manifest = Manifest.empty();
    try {
      manifest = reader.read(tree.manifests(), tree::other);
    } catch (InvalidManifestException e) {
      errors.addAll(e.problems());
    }
    tree.mustBeRead();
    if (!errors.isEmpty()) {
      return new News.Broken(
          commit.name(), errors.stream().sorted().map(FileProblem::toString).toList());
    }
    return new News.Good(
        Revision.of(commit.name(), manifest)
            .madeBy(
                commit.getAuthorIdent().getName(),
                commit.getShortMessage(),
                commit.getCommitterIdent().getWhenAsInstant())
            .remarks(remarks));
  }

  /** Each fetch adds a pack; now and then they become one. */
  private static void tidy(GitMirror held, Repository repository) throws Exception {
    if (held.packs() > MANY_PACKS) {
      try (Git git = Git.wrap(repository)) {
        git.gc().call();
      }
    }
  }

  /** Ends a look that is under way: a socket knows no interrupt. */
  @Override
  public void close() {
    FetchWatchdog running = watching;
    if (running != null) {
      running.end("the source was closed");
    }
    letGo();
  }

  private synchronized void letGo() {
    GitMirror held = mirror;
    mirror = null;
    Object open = client;
    client = null;
    try {
      if (open instanceof AutoCloseable closeable) {
        closeable.close(); // from JDK 21 on
      }
      if (held != null) {
        held.close();
      }
    } catch (Exception e) {
      log.debug("the mirror could not be let go", e);
    }
  }
}
