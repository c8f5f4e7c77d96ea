package dev.fluke.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Files that a login rests on and that other users of this machine may change, or read a key of.
 */
final class FilePermissionCheck {
  private static final Set<PosixFilePermission> WRITE =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final Set<PosixFilePermission> READ_OR_WRITE =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  private FilePermissionCheck() {}

  /** What is to be said of them, with the way out. */
  static List<String> remarks(SshOptions options) {
    List<String> remarks = new ArrayList<>();
    for (Path file : options.trustedHostFiles()) {
      if (allows(file, WRITE)) {
        remarks.add(
            "others may write to "
                + file
                + ", and so say which hosts are trusted: chmod go-w "
                + file);
      }
    }
    for (SshKey key : options.keys) {
      key.file()
          .filter(file -> allows(file, READ_OR_WRITE))
          .ifPresent(
              file -> remarks.add("others may have the key " + file + ": chmod 600 " + file));
    }
    return remarks;
  }

  private static boolean allows(Path file, Set<PosixFilePermission> some) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(some::contains);
    } catch (IOException e) {
      return false; // it is not there, which others see to
    }
  }
}
