package dev.fluke.source.git;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.fluke.files.internal.ProcessOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that only the user of this process can use. Who could write in a mirror could put any
 * content under the id of a signed commit.
 */
final class PrivateDirectory {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private PrivateDirectory() {}

  /**
   * Creates the directory, or closes an existing one to others.
   *
   * @param ours the names of the files that may be in a directory that is open to others
   * @throws IOException if it is a link, belongs to somebody else, or is open to others and has
   *     files of others in it
   */
  static void prepare(Path directory, Pattern ours) throws IOException {
    if (!Files.exists(directory, NOFOLLOW_LINKS)) {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    }
    PosixFileAttributes found =
        Files.readAttributes(directory, PosixFileAttributes.class, NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      throw refused(directory, "is a link; name the directory that it leads to");
    }
    if (!found.isDirectory()) {
      throw refused(directory, "is not a directory");
    }
    if (!isOwn(found)) {
      throw refused(
          directory,
          "belongs to '%s'; only a directory of the user that runs Fluke is used"
              .formatted(found.owner().getName()));
    }
    if (!PRIVATE.containsAll(found.permissions())) {
      close(directory, ours);
    }
  }

  /** Whether it is a directory of this user, not a link, that no other user can use. */
  static boolean isOne(Path directory) throws IOException {
    PosixFileAttributes found =
        Files.readAttributes(directory, PosixFileAttributes.class, NOFOLLOW_LINKS);
    return found.isDirectory() && isOwn(found) && PRIVATE.containsAll(found.permissions());
  }

  private static boolean isOwn(PosixFileAttributes found) {
    return found.owner().equals(ProcessOwner.get());
  }

  private static void close(Path directory, Pattern ours) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      if (!files.allMatch(file -> MirrorFiles.isNamed(file, ours))) {
        throw refused(
            directory, "is open to other users and has other files in it; name one of its own");
      }
    }
    Files.setPosixFilePermissions(directory, PRIVATE);
  }

  private static IOException refused(Path directory, String why) {
    return new IOException("the mirror directory %s %s".formatted(directory, why));
  }
}
