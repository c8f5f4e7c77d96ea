package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import dev.fluke.files.internal.ThisUser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Resolves the paths of a config, and reuses the secrets of earlier reads. */
final class ConfigFiles {
  private final Path directory;
  private final transient Map<String, Secret> secrets; // transient: the keys are the secrets
  private final FileChecks checks = new FileChecks();

  /**
   * Of a config.
   *
   * @param directory the directory of the config; relative paths start there
   * @param secrets all secrets read so far, by their text
   */
  ConfigFiles(Path directory, Map<String, Secret> secrets) {
    this.directory = directory;
    this.secrets = secrets;
  }

  /** All secrets read so far. */
  List<Secret> secrets() {
    return List.copyOf(secrets.values());
  }

  /** Finds weak permissions of files. */
  FileChecks checks() {
    return checks;
  }

  /** Resolves a path; {@code ~/} is the home of the user. */
  Path file(String path) {
    boolean home = path.startsWith("~/");
    return home
        ? ThisUser.home()
            .orElseThrow(() -> new IllegalArgumentException(ThisUser.NO_HOME))
            .resolve(path.substring(2))
        : directory.resolve(path).normalize();
  }

  /** Returns the same object for the same text: secrets compare by identity. */
  Secret secret(String text) {
    return secrets.computeIfAbsent(text, Secret::of);
  }

  /** The directory; no secret. */
  @Override
  public String toString() {
    return "files beside the config in " + directory;
  }
}
