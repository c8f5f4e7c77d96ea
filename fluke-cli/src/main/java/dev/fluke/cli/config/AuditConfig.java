package dev.fluke.cli.config;

import dev.fluke.cli.audit.AuditFile;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.command.Mask;
import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of the audit.
 *
 * @param file the file of the audit; empty if there is none
 * @param mask knows the secrets of the config
 */
public record AuditConfig(Optional<Path> file, Mask mask) {

  static Optional<Path> file(Section audit, ConfigFiles files) {
    Optional<Path> file =
        audit.required("file", "the file of the audit", text -> checked(files.file(text)));
    file.ifPresent(path -> audit.reportExposed("file", path, files, Allowed.READING));
    audit.end();
    return file;
  }

  private static Path checked(Path file) {
    boolean exists = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    if (exists && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "is '%s', which is not a regular file; name a file, which Fluke makes".formatted(file));
    }
    return file;
  }

  /** Opens the audit; one that keeps nothing if the config names no file. */
  public AuditTrail open(Scheduler scheduler) {
    return file.<AuditTrail>map(path -> AuditFile.open(path, scheduler, mask))
        .orElseGet(AuditTrail::none);
  }
}
