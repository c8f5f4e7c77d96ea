package dev.fluke.cli.config;

import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.files.internal.ThisUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files that {@link dev.fluke.ssh.Ssh} uses where a config names none. */
final class UsualSshFiles {
  private static final List<String> KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");
  private static final Path OF_ALL_USERS = Path.of("/etc/ssh/ssh_known_hosts");

  private UsualSshFiles() {}

  /** Adds a problem to the section for each of those in use that others can do too much with. */
  static void report(Section section, ConfigFiles files, boolean keys, boolean knownHosts) {
    Optional<Path> directory = ThisUser.home().map(home -> home.resolve(".ssh"));
    if (keys) {
      directory.ifPresent(
          ssh -> KEYS.forEach(name -> report(section, files, ssh.resolve(name), Allowed.NOTHING)));
    }
    if (knownHosts) {
      report(section, files, OF_ALL_USERS, Allowed.READING);
      directory.ifPresent(
          ssh -> report(section, files, ssh.resolve("known_hosts"), Allowed.READING));
    }
  }

  private static void report(Section section, ConfigFiles files, Path file, Allowed others) {
    if (Files.exists(file)) {
      files.checks().of(file, others).forEach(section::problem);
    }
  }
}
