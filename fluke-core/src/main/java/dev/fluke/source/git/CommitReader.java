package dev.fluke.source.git;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.source.Revision;
import dev.fluke.text.FileProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Reads the manifests of each new commit. Used by one thread at a time. */
final class CommitReader {
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
      RevCommit commit = walk.parseCommit(id);
      List<String> remarks = new ArrayList<>(remarksForTheNext);
      if (seen != null && !isAncestor(walk, seen, commit)) {
        remarks.add("history was rewritten: " + seen.name() + " is no longer part of it");
      }
      news = news(repository, commit, remarks);
    }
    seen = id;
    remarksForTheNext.clear();
    return news;
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
                commit.getAuthorIdent().getName(),
                commit.getShortMessage(),
                commit.getCommitterIdent().getWhenAsInstant())
            .remarks(remarks));
  }
}
