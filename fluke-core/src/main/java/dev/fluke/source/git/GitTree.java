package dev.fluke.source.git;

import dev.fluke.text.FileProblem;
import dev.fluke.text.LargeFileStorage;
import dev.fluke.text.Limits;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/** The files of one commit, read as blobs: only regular files, up to a size limit. */
final class GitTree {
  private static final int MOST_REMARKS = 100;
  private static final int SHOWN = 500;

  private final Repository mirror;
  private final RevCommit commit;
  private final GitOptions.Selection selection;
  private final Map<String, byte[]> manifests = new TreeMap<>();
  private final List<FileProblem> errors = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private long together;
  private int entries;
  private int ignored;
  private boolean ended;
  private @Nullable IOException unread;

  private GitTree(Repository mirror, RevCommit commit, GitOptions.Selection selection) {
    this.mirror = mirror;
    this.commit = commit;
    this.selection = selection;
  }

  static GitTree read(Repository mirror, RevCommit commit, GitOptions.Selection selection)
      throws IOException {
    GitTree tree = new GitTree(mirror, commit, selection);
    try (TreeWalk walk = new TreeWalk(mirror)) {
      walk.addTree(commit.getTree());
      if (!selection.directory().isEmpty()) {
        walk.setFilter(PathFilter.create(selection.directory().replaceFirst("/$", "")));
      }
      tree.take(walk);
    }
    if (tree.ignored > MOST_REMARKS) {
      tree.remarks.add("%d more files are ignored".formatted(tree.ignored - MOST_REMARKS));
    }
    if (tree.manifests.isEmpty() && tree.errors.isEmpty()) {
      String place = selection.directory().isEmpty() ? "" : " below " + selection.directory();
      tree.remarks.add("no file matches " + selection.glob() + place);
    }
    return tree;
  }

  /** Takes the files of the tree, until there are too many. A tree may hold another many times. */
  private void take(TreeWalk walk) throws IOException {
    while (!ended && walk.next()) {
      if (++entries > Limits.ENTRIES) {
        wrong(
            walk.getPathString(),
            "exceeds the limit of %,d files and directories; set a directory for the manifests"
                .formatted(Limits.ENTRIES));
        return;
      }
      if (!walk.isSubtree()) {
        take(walk.getPathString(), walk.getFileMode(0), walk.getObjectId(0));
      } else if (walk.getDepth() < Limits.DIRECTORIES) {
        walk.enterSubtree();
      } else {
        wrong(
            walk.getPathString(),
            "is deeper than %d directories, and is not read; move it"
                .formatted(Limits.DIRECTORIES));
      }
    }
  }

  private void take(String path, FileMode mode, ObjectId id) throws IOException {
    String directory = selection.directory();
    if (!path.startsWith(directory)
        || !selection.glob().matches(path.substring(directory.length()))) {
      return;
    }
    if (!isRegular(mode)) {
      ignore(path, "it is not a regular file");
    } else if (!Printable.of(path).equals(path)) {
      ignore(path, "its name has characters that can't be printed");
    } else if (manifests.size() == Limits.FILES) {
      wrong(path, "exceeds the limit of " + Limits.FILES + " manifest files");
      ended = true;
    } else {
      byte[] content = content(path, id);
      if (content != null) {
        manifests.put(path, content);
      }
    }
  }

  private void ignore(String path, String why) {
    if (++ignored <= MOST_REMARKS) {
      remarks.add("%s: ignored, since %s".formatted(Printable.shortened(path, SHOWN), why));
    }
  }

  private static boolean isRegular(FileMode mode) {
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
  }

  private byte @Nullable [] content(String path, ObjectId id) throws IOException {
    ObjectLoader loader = mirror.open(id);
    together += loader.getSize();
    if (loader.getSize() > Limits.FILE_BYTES || together > Limits.FILES_BYTES) {
      wrong(
          path,
          "has %d bytes; at most 1 MiB a file and 64 MiB together are read; split the file"
              .formatted(loader.getSize()));
      return null;
    }
    byte[] content = loader.getCachedBytes(Limits.FILE_BYTES);
    if (LargeFileStorage.isPointer(content)) {
      wrong(path, "is stored in Git LFS, which Fluke does not read; store manifests in Git");
      return null;
    }
    return content;
  }

  private void wrong(String path, String problem) {
    errors.add(new FileProblem(path, 1, 1, problem));
    ended |= errors.size() == Limits.PROBLEMS;
  }

  /** The manifest files by path. */
  Map<String, byte[]> manifests() {
    return manifests;
  }

  /** Why some of the matching files can't be read, each with a place. */
  List<FileProblem> errors() {
    return errors;
  }

  /** The matching files that were ignored, and why. */
  List<String> remarks() {
    return remarks;
  }

  /**
   * Throws if the mirror could not give a file. That is not a mistake in the commit, although a
   * kind may have reported it as one.
   */
  void throwIfUnreadable() throws IOException {
    if (unread != null) {
      throw unread;
    }
  }

  /**
   * Any other file of the commit; null if it does not exist.
   *
   * @throws IllegalArgumentException if it is too large, in a submodule, or a link
   */
  byte @Nullable [] other(String path) {
    try (TreeWalk walk = new TreeWalk(mirror)) {
      walk.addTree(commit.getTree());
      if (!find(walk, path)) {
        return null;
      }
      ObjectLoader loader = mirror.open(walk.getObjectId(0));
      if (loader.getSize() > Limits.FILE_BYTES) {
        throw new IllegalArgumentException(
            "file '%s' has %d bytes, at most 1 MiB is allowed".formatted(path, loader.getSize()));
      }
      return loader.getCachedBytes(Limits.FILE_BYTES);
    } catch (IOException e) {
      unread = e;
      throw new UncheckedIOException(e);
    }
  }

  /** Goes to this regular file, if there is one. */
  private static boolean find(TreeWalk walk, String path) throws IOException {
    while (walk.next()) {
      String entry = walk.getPathString();
      if (!path.equals(entry) && !path.startsWith(entry + "/")) {
        continue;
      }
      FileMode mode = walk.getFileMode(0);
      if (FileMode.GITLINK.equals(mode) || FileMode.SYMLINK.equals(mode)) {
        boolean link = FileMode.SYMLINK.equals(mode);
        throw new IllegalArgumentException(
            "file '%s': '%s' is a %s, which Fluke does not follow; keep the file in this repository"
                .formatted(path, entry, link ? "symbolic link" : "submodule"));
      } else if (!walk.isSubtree()) {
        return isRegular(mode) && path.equals(entry);
      }
      walk.enterSubtree();
    }
    return false;
  }
}
