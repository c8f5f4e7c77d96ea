package dev.fluke.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds files of known hosts that other users of this machine can change, and private keys that
 * they can read.
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

  /** One remark for each such file, with the command that fixes it. */
  static List<String> remarks(SshOptions options) {
    List<String> remarks = new ArrayList<>();
    for (Path file : trusted(options.trust())) {
      if (allows(file, WRITE)) {
        remarks.add(
            "other users can write to %s and so decide which hosts are trusted; run chmod go-w %s"
                .formatted(file, file));
      }
    }
    for (SshKey key : options.login().keys()) {
      Path file = key.file();
      if (file != null && allows(file, READ_OR_WRITE)) {
        remarks.add(
            "other users can read or replace the private key %s; run chmod 600 %s"
                .formatted(file, file));
      }
    }
    return remarks;
  }

  /** The files that decide; none if a fingerprint does. */
  private static List<Path> trusted(SshOptions.Trust trust) {
    return trust.fingerprint() == null ? trust.files() : List.of();
  }

  private static boolean allows(Path file, Set<PosixFilePermission> some) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(some::contains);
    } catch (IOException e) {
      return false; // a missing file is reported where it is read
    }
  }
}
