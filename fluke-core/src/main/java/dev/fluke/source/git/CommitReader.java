package dev.fluke.source.git;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.source.SourceUnavailableException;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Limits;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Reads the manifests of each new commit that may be adopted. Used by one thread at a time. */
final class CommitReader {
  private static final int SHOWN = 500;

  private final GitOptions options;
  private final ManifestReader reader;
  private final Scheduler scheduler;
  private final List<String> remarksForTheNext = new ArrayList<>();
  private @Nullable ObjectId seen;
  private List<String> refused = List.of();

  CommitReader(GitOptions options, ManifestReader reader, Scheduler scheduler) {
    this.options = options;
    this.reader = reader;
    this.scheduler = scheduler;
  }

  /** Adds a remark to the next revision. */
  void remark(String text) {
    remarksForTheNext.add(text);
  }

  /**
   * Reads this commit, unless it is the one that was read last. A refused one is asked again, since
   * the allowed signers may have changed, or the file of the last commit may be gone; it is news
   * only if the reasons are others.
   *
   * @param id of the commit, or of a tag that leads to it
   */
  News read(Repository repository, ObjectId id, LastGoodCommit last)
      throws IOException, SourceUnavailableException {
    boolean again = id.equals(seen);
    if (again && refused.isEmpty()) {
      return new News.Unchanged();
    }
    try (RevWalk walk = new RevWalk(repository)) {
      List<String> refusal = refusal(repository, id, walk, last);
      boolean isKnown = again && refusal.equals(refused);
      News refusing = isKnown ? new News.Unchanged() : new News.Broken(id.name(), refusal);
      News news = refusal.isEmpty() ? accepted(repository, id, walk, last) : refusing;
      seen = id;
      refused = refusal;
      return news;
    }
  }

  /** Why this commit must not be adopted, whatever its manifests say; empty if it may be. */
  private List<String> refusal(
      Repository repository, ObjectId id, RevWalk walk, LastGoodCommit last)
      throws IOException, SourceUnavailableException {
    long size = walk.getObjectReader().getObjectSize(id, ObjectReader.OBJ_ANY);
    if (size > Limits.FILE_BYTES) {
      return List.of(tooLong(size));
    }
    List<String> unsigned = signature(repository, id);
    return unsigned.isEmpty() ? rewound(walk, id, last) : unsigned;
  }

  private List<String> signature(Repository repository, ObjectId id) throws IOException {
    Path signers = options.trust().allowedSigners();
    return signers == null
        ? List.of()
        : TipSignature.refusal(repository, id, options.ref(), signers, scheduler.now());
  }

  private News accepted(Repository repository, ObjectId id, RevWalk walk, LastGoodCommit last)
      throws IOException {
    walk.setRetainBody(false); // of those between two commits
    RevCommit commit = walk.parseCommit(id);
    List<String> remarks = new ArrayList<>(remarksForTheNext);
    if (seen != null && !isAncestor(walk, seen, commit)) {
      remarks.add("history was rewritten: " + seen.name() + " is no longer part of it");
    }
    walk.parseBody(commit);
    News news = news(repository, commit, remarks);
    remarksForTheNext.clear();
    if (news instanceof News.Good) {
      remember(commit, last);
    }
    return news;
  }

  /** Why a commit does not follow the last one that was read without errors; empty if it does. */
  private List<String> rewound(RevWalk walk, ObjectId id, LastGoodCommit last)
      throws IOException, SourceUnavailableException {
    if (!options.trust().fastForwardOnly()) {
      return List.of();
    }
    walk.setRetainBody(false); // of those between two commits
    Optional<ObjectId> before = last.read();
    if (before.isEmpty() || isAncestor(walk, before.get(), walk.parseCommit(id))) {
      return List.of();
    }
    String why =
        "the commit does not follow %s, the last one that was read; push one that does, or delete %s to accept this history"
            .formatted(before.get().name(), last.file());
    return List.of(why);
  }

  private void remember(RevCommit commit, LastGoodCommit last) throws IOException {
    if (options.trust().fastForwardOnly()) {
      last.write(commit);
    } else {
      last.forget();
    }
  }

  private static String tooLong(long size) {
    return "the commit has a message of %,d bytes, at most 1 MiB is read; shorten it"
        .formatted(size);
  }

  private static boolean isAncestor(RevWalk walk, ObjectId before, RevCommit commit)
      throws IOException {
    RevCommit older;
    try {
      older = walk.parseCommit(before);
    } catch (MissingObjectException e) {
      return false; // the mirror was rebuilt, and the remote no longer has the commit
    }
    return walk.isMergedInto(older, commit);
  }

  private News news(Repository repository, RevCommit commit, List<String> remarks)
      throws IOException {
    GitTree tree = GitTree.read(repository, commit, options.selection());
    List<FileProblem> errors = new ArrayList<>(tree.errors());
    remarks.addAll(tree.remarks());
    Manifest manifest = Manifest.empty();
    try {
      manifest = reader.read(tree.manifests(), tree::other);
    } catch (InvalidManifestException e) {
      errors.addAll(e.problems());
    }
    tree.throwIfUnreadable();
    if (!errors.isEmpty()) {
      return new News.Broken(
          commit.name(), errors.stream().sorted().map(FileProblem::toString).toList());
    }
    return new News.Good(
        Revision.of(commit.name(), manifest)
            .madeBy(
                Printable.shortened(commit.getAuthorIdent().getName(), SHOWN),
                Printable.shortened(commit.getShortMessage(), SHOWN),
                commit.getCommitterIdent().getWhenAsInstant())
            .remarks(remarks));
  }
}
