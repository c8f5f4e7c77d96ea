package dev.fluke.source.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.SystemReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in the home of the user in which JGit keeps how exact the times of a file system are.
 * Where the home can't be written, JGit would measure that each time, and log stack traces.
 */
final class JGitConfig {
  private static final Logger log = LoggerFactory.getLogger(JGitConfig.class);
  private static final String SECTION = "filesystem";
  private static final String RESOLUTION = "timestampResolution";

  private JGitConfig() {}

  /**
   * If the file can't be written, tells JGit in memory what it assumes where it can't measure, for
   * the file system of this directory.
   */
  static void assumeIfReadOnly(Path directory) {
    try {
      StoredConfig config = SystemReader.getInstance().getJGitConfig();
      if (!(config instanceof FileBasedConfig file) || isWritable(file.getFile().toPath())) {
        return;
      }
      String key =
          "%s|%s|%s"
              .formatted(
                  System.getProperty("java.vendor"),
                  System.getProperty("java.version"),
                  Files.getFileStore(directory).name());
      if (config.getString(SECTION, key, RESOLUTION) == null) {
        config.setString(SECTION, key, RESOLUTION, "2000 milliseconds");
        config.setString(SECTION, key, "minRacyThreshold", "10 milliseconds");
      }
    } catch (IOException | ConfigInvalidException | RuntimeException e) {
      log.debug("the configuration of JGit can't be read", e);
    }
  }

  private static boolean isWritable(Path file) {
    Path nearest = file.toAbsolutePath();
    while (nearest.getParent() != null && !Files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    return Files.isWritable(nearest) && (nearest.equals(file) || Files.isDirectory(nearest));
  }
}
