package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import dev.fluke.files.internal.ThisUser;
import java.nio.file.Path;
import java.util.Map;

/**
 * Resolves the paths of a config, and reuses the secrets of earlier reads.
 *
 * @param directory the directory of the config; relative paths start there
 * @param secrets all secrets read so far, by their text
 * @param checks finds weak permissions of files
 */
record ConfigFiles(Path directory, Map<String, Secret> secrets, FileChecks checks) {
  ConfigFiles(Path directory, Map<String, Secret> secrets) {
    this(directory, secrets, new FileChecks());
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
}
