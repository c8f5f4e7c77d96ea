package dev.fluke.source.git;

import dev.fluke.text.FileProblem;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

/** The files of one commit, read as blobs: regular ones only, and none that is too big. */
final class GitTree {
  private static final long LONGEST = 1024 * 1024;
  private static final long LONGEST_TOGETHER = 64 * LONGEST;
  private static final int MOST_FILES = 4_000;
  private static final byte[] LARGE_FILE_STORAGE =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.UTF_8);

  private final Repository mirror;
  private final RevCommit commit;
  private final GitOptions options;
  private final Map<String, byte[]> manifests = new TreeMap<>();
  private final List<FileProblem> errors = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private long together;
  private @Nullable IOException unread;

  private GitTree(Repository mirror, RevCommit commit, GitOptions options) {
    this.mirror = mirror;
    this.commit = commit;
    this.options = options;
  }

  static GitTree read(Repository mirror, RevCommit commit, GitOptions options) throws IOException {
    GitTree tree = new GitTree(mirror, commit, options);
    try (TreeWalk walk = new TreeWalk(mirror)) {
      walk.addTree(commit.getTree());
      walk.setRecursive(true);
      if (!options.directory.isEmpty()) {
        walk.setFilter(
            PathFilter.create(options.directory.substring(0, options.directory.length() - 1)));
      }
      while (walk.next()) {
        tree.take(walk.getPathString(), walk.getFileMode(0), walk.getObjectId(0));
      }
    }
    if (tree.manifests.isEmpty() && tree.errors.isEmpty()) {
      tree.remarks.add(
          "no file matches "
              + options.files
              + (options.directory.isEmpty() ? "" : " below " + options.directory));
    }
    return tree;
  }

  private void take(String path, FileMode mode, ObjectId id) throws IOException {
    boolean below = path.startsWith(options.directory);
    if (!below || !options.files.matches(path.substring(options.directory.length()))) {
      return;
    }
    if (!isRegular(mode)) {
      remarks.add(path + ": passed over, it is no regular file");
    } else if (!Printable.of(path).equals(path)) {
      remarks.add(path + ": passed over, its name has characters that can't be shown");
    } else if (manifests.size() == MOST_FILES) {
      wrong(path, "is one manifest file too many, at most " + MOST_FILES + " are read");
    } else if (manifests.size() < MOST_FILES) {
      byte[] content = content(path, id);
      if (content != null) {
        manifests.put(path, content);
      }
    }
  }

  private static boolean isRegular(FileMode mode) {
    return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
  }

  private byte @Nullable [] content(String path, ObjectId id) throws IOException {
    ObjectLoader loader = mirror.open(id);
    together += loader.getSize();
    if (loader.getSize() > LONGEST || together > LONGEST_TOGETHER) {
      wrong(
          path,
          "has "
              + loader.getSize()
              + " bytes; at most 1 MiB a file and 64 MiB together are read; split the file");
      return null;
    }
    byte[] content = loader.getCachedBytes((int) LONGEST);
    if (startsWith(content, LARGE_FILE_STORAGE)) {
      wrong(path, "is kept in Git LFS, which is not read; keep manifests in Git");
      return null;
    }
    return content;
  }

  private void wrong(String path, String problem) {
    errors.add(new FileProblem(path, 1, 1, problem));
  }

  private static boolean startsWith(byte[] content, byte[] start) {
    return content.length >= start.length
        && java.util.Arrays.equals(content, 0, start.length, start, 0, start.length);
  }

  /** The manifest files by path. */
  Map<String, byte[]> manifests() {
    return manifests;
  }

  /** Why some of them can't be taken, each with a place. */
  List<FileProblem> errors() {
    return errors;
  }

  /** What was passed over. */
  List<String> remarks() {
    return remarks;
  }

  /**
   * That a file could not be read says nothing against the commit, though a kind of steps took it
   * so.
   *
   * @throws IOException why one could not be read
   */
  void mustBeRead() throws IOException {
    if (unread != null) {
      throw unread;
    }
  }

  /** Any other file of the commit; null if there is none. */
  byte @Nullable [] other(String path) {
    try (TreeWalk walk = TreeWalk.forPath(mirror, path, commit.getTree())) {
      if (walk == null || !isRegular(walk.getFileMode(0))) {
        return null;
      }
      ObjectLoader loader = mirror.open(walk.getObjectId(0));
      if (loader.getSize() > LONGEST) {
        throw new IllegalArgumentException(
            "file '" + path + "' has " + loader.getSize() + " bytes, at most 1 MiB is allowed");
      }
      return loader.getCachedBytes((int) LONGEST);
    } catch (IOException e) {
      unread = e;
      throw new UncheckedIOException(e);
    }
  }
}
