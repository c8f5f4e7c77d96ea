package dev.fluke.source.git;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Limits;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Reads the manifests of each new commit. Used by one thread at a time. */
final class CommitReader {
  private static final int SHOWN = 500;

  private final GitOptions.Selection selection;
  private final ManifestReader reader;
  private final List<String> remarksForTheNext = new ArrayList<>();
  private @Nullable ObjectId seen;

  CommitReader(GitOptions.Selection selection, ManifestReader reader) {
    this.selection = selection;
    this.reader = reader;
  }

  /** Adds a remark to the next revision. */
  void remark(String text) {
    remarksForTheNext.add(text);
  }

  /** Reads this commit, unless it is the one that was read last. */
  News read(Repository repository, ObjectId id) throws IOException {
    if (id.equals(seen)) {
      return new News.Unchanged();
    }
    News news;
    try (RevWalk walk = new RevWalk(repository)) {
      long size = walk.getObjectReader().getObjectSize(id, ObjectReader.OBJ_ANY);
      if (size > Limits.FILE_BYTES) {
        seen = id;
        return new News.Broken(id.name(), List.of(tooLong(size)));
      }
      walk.setRetainBody(false); // of those between two commits
      RevCommit commit = walk.parseCommit(id);
      List<String> remarks = new ArrayList<>(remarksForTheNext);
      if (seen != null && !isAncestor(walk, seen, commit)) {
        remarks.add("history was rewritten: " + seen.name() + " is no longer part of it");
      }
      walk.parseBody(commit);
      news = news(repository, commit, remarks);
    }
    seen = id;
    remarksForTheNext.clear();
    return news;
  }

  private static String tooLong(long size) {
    return "the commit has a message of %,d bytes, at most 1 MiB is read; shorten it"
        .formatted(size);
  }

  private static boolean isAncestor(RevWalk walk, ObjectId before, RevCommit commit)
      throws IOException {
    try {
      return walk.isMergedInto(walk.parseCommit(before), commit);
    } catch (MissingObjectException e) {
      return false; // the mirror was rebuilt, and the remote no longer has the commit
    }
  }

  private News news(Repository repository, RevCommit commit, List<String> remarks)
      throws IOException {
    GitTree tree = GitTree.read(repository, commit, selection);
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
