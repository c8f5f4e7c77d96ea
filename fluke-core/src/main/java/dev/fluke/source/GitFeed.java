package dev.fluke.source;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestProblem;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
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
  private final GitRemote remote;
  private @Nullable GitMirror mirror;
  private @Nullable HttpClient client;
  private @Nullable ObjectId seen;
  private volatile @Nullable Watch watching;
  private boolean rebuilt;
  private long rebuiltAt;

  GitFeed(GitOptions options, Scheduler scheduler, ManifestReader reader) {
    this.options = options;
    this.scheduler = scheduler;
    this.reader = reader;
    this.remote = new GitRemote(options, this::client);
  }

  private HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      try {
        known = GitHttp.client(options, work -> scheduler.real().start("fluke-git-http", work));
      } catch (IOException e) {
        throw new UncheckedIOException(GitRemote.words(e), e);
      }
      client = known;
    }
    return known;
  }

  @Override
  public synchronized News poll() throws Exception {
    try (Watch watch = Watch.start(scheduler.real(), options.silence, options.total)) {
      watching = watch;
      try {
        return look(watch);
      } catch (Exception e) {
        throw outOfReach(watch.tripped().isEmpty() ? GitRemote.words(e) : watch.tripped(), e);
      }
    }
  }

  /** Says why, without what the server may have sent back of our secret. */
  private OutOfReachException outOfReach(String why, Exception e) {
    GitLogin login = options.login;
    String masked = login == null ? why : login.masked(why);
    OutOfReachException out =
        e instanceof OutOfReachException known ? known : OutOfReachException.because(masked);
    if (login == null) {
      return out == e ? out : out.causedBy(e);
    }
    OutOfReachException bare = OutOfReachException.because(masked);
    return out.retryAfter().map(bare::retryAfter).orElse(bare);
  }

  private News look(Watch watch) throws Exception {
    GitMirror held = mirror;
    if (held == null) {
      held = GitMirror.in(options.mirror);
      mirror = held;
    }
    News news;
    try (Repository repository = held.open()) {
      news = look(repository, watch, List.of());
      tidy(held, repository);
    } catch (Exception e) {
      if (!watch.tripped().isEmpty() || !DamagedMirrorException.isBehind(e)) {
        throw e;
      }
      news = rebuild(held, watch, e);
    }
    return news;
  }

  private News rebuild(GitMirror held, Watch watch, Exception damage) throws Exception {
    long now = scheduler.nanoTime();
    if (rebuilt && now - rebuiltAt < BETWEEN_REBUILDS.toNanos()) {
      throw OutOfReachException.because(
              "the mirror is damaged again, and was rebuilt less than 10 minutes ago: "
                  + GitRemote.words(damage))
          .causedBy(damage);
    }
    rebuilt = true;
    rebuiltAt = now;
    String why = "the mirror was damaged and is rebuilt: " + GitRemote.words(damage);
    log.warn("{}", why, damage);
    return held.rebuild(fresh -> look(fresh, watch, List.of(why)));
  }

  private News look(Repository repository, Watch watch, List<String> remarks) throws Exception {
    ObjectId id = remote.fetch(repository, watch);
    if (id.equals(seen)) {
      return new News.Unchanged();
    }
    News news;
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(id);
      List<String> all = new ArrayList<>(remarks);
      if (seen != null && !isAncestor(walk, seen, commit)) {
        all.add("history was rewritten: " + seen.name() + " is no part of it any more");
      }
      news = read(repository, commit, all);
    }
    seen = id;
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
    List<ManifestProblem> errors = new ArrayList<>(tree.errors());
    remarks.addAll(tree.remarks());
    try {
      var manifest = reader.read(tree.manifests(), tree::other);
      if (errors.isEmpty()) {
        PersonIdent author = commit.getAuthorIdent();
        return new News.Good(
            Revision.of(commit.name(), manifest)
                .madeBy(
                    author.getName(),
                    commit.getShortMessage(),
                    commit.getCommitterIdent().getWhenAsInstant())
                .remarks(remarks));
      }
    } catch (InvalidManifestException e) {
      errors.addAll(e.problems());
    }
    return new News.Broken(
        commit.name(), errors.stream().sorted().map(ManifestProblem::toString).toList());
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
    Watch running = watching;
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
