package dev.fluke.file;

/** What an apply may delete to put a {@link ManagedFile} in its place, besides a regular file. */
public enum Replaceable {
  /** Only a regular file: the default. */
  FILE,
  /** Also a symbolic link; the file or directory that it points to stays as it is. */
  SYMLINK,
  /** Also a symbolic link, and a directory with everything in it. */
  DIRECTORY
}
