package dev.fluke.cli.config;

import dev.fluke.files.internal.FileExposure.Allowed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that {@link dev.fluke.ssh.Ssh} uses where a config names none. */
final class UsualSshFiles {
  private static final List<String> KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final Path OF_ALL_USERS = Path.of("/etc/ssh/ssh_known_hosts");

  private UsualSshFiles() {}

  /** Adds a problem to the section for each of those in use that others can do too much with. */
  static void report(Section section, ConfigFiles files, boolean keys, boolean knownHosts) {
    Path home = Path.of(System.getProperty("user.home"), ".ssh");
    if (keys && home.isAbsolute()) {
      KEYS.forEach(name -> report(section, files, home.resolve(name), Allowed.NOTHING));
    }
    if (knownHosts) {
      report(section, files, OF_ALL_USERS, Allowed.READING);
      if (home.isAbsolute()) {
        report(section, files, home.resolve("known_hosts"), Allowed.READING);
      }
    }
  }

  private static void report(Section section, ConfigFiles files, Path file, Allowed others) {
    if (Files.exists(file)) {
      files.checks().of(file, others).forEach(section::problem);
    }
  }
}
