package dev.fluke.cli.config;

import dev.fluke.command.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code secrets}: where the secrets come from that manifests name. */
final class SecretsSection {
  private SecretsSection() {}

  /**
   * The sources, the first first.
   *
   * @param variables the environment of this process
   */
  static List<SecretSource> of(Section secrets, ConfigFiles files, Map<String, String> variables) {
    List<SecretSource> sources = new ArrayList<>();
    boolean given = secrets.has("directory") || secrets.has("environment");
    secrets
        .as("directory", text -> SecretSource.directory(directory(files.file(text), text)))
        .ifPresent(sources::add);
    secrets
        .as("environment", prefix -> SecretSource.environment(prefix, variables))
        .ifPresent(sources::add);
    if (!given && !secrets.isBroken()) {
      secrets.problem("has neither 'directory' nor 'environment'; set one of them, or both");
    }
    secrets.end();
    return sources;
  }

  private static Path directory(Path path, String text) {
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("is '" + text + "', which is not an existing directory");
    }
    return path;
  }
}
