package dev.fluke.ssh;

import dev.fluke.files.internal.Exposures;
import dev.fluke.files.internal.FileExposure;
import dev.fluke.files.internal.FileExposure.Allowed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds files of known hosts that other users of this machine can change, and private keys that
 * they can read.
 */
final class FilePermissionCheck {
  private FilePermissionCheck() {}

  /** One remark for each such file, with the command that fixes it. */
  static List<String> remarks(SshOptions options) {
    List<String> remarks = new ArrayList<>();
    for (Path file : trusted(options.trust())) {
      for (FileExposure exposure : Exposures.of(file, Allowed.READING)) {
        remarks.add("known hosts: " + exposure);
      }
    }
    for (SshKey key : options.login().keys()) {
      Path file = key.file();
      if (file != null) {
        for (FileExposure exposure : Exposures.of(file, Allowed.NOTHING)) {
          remarks.add("private key: " + exposure);
        }
      }
    }
    return remarks;
  }

  /** The files that decide; none if a fingerprint does. */
  private static List<Path> trusted(SshOptions.Trust trust) {
    return trust.fingerprint() == null ? trust.files() : List.of();
  }
}
