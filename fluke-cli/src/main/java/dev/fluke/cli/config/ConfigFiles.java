package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.util.Map;

/**
 * Files that a config names, and the secrets that it shares with the config before it.
 *
 * @param directory what relative paths are relative to
 * @param secrets all that were read so far, by their text
 */
record ConfigFiles(Path directory, Map<String, Secret> secrets) {

  Path file(String path) {
    boolean home = path.startsWith("~/");
    return home
        ? Path.of(System.getProperty("user.home"), path.substring(2))
        : directory.resolve(path).normalize();
  }

  /** The same object for the same text: only that is equal, and so keeps a connection. */
  Secret secret(String text) {
    return secrets.computeIfAbsent(text, Secret::of);
  }
}
