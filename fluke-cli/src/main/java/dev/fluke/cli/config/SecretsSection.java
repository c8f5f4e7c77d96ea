package dev.fluke.cli.config;

import dev.fluke.command.SecretSource;
import dev.fluke.files.internal.FileExposure.Allowed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

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
    Optional<Path> directory = secrets.as("directory", text -> directory(files.file(text), text));
    directory.ifPresent(
        path -> {
          reportExposed(secrets, path, files);
          sources.add(SecretSource.directory(path));
        });
    secrets
        .as("environment", prefix -> SecretSource.environment(prefix, variables))
        .ifPresent(sources::add);
    if (!given && !secrets.isBroken()) {
      secrets.problem("has neither 'directory' nor 'environment'; set one of them, or both");
    }
    secrets.end();
    return sources;
  }

  private static void reportExposed(Section secrets, Path directory, ConfigFiles files) {
    secrets.reportExposed("directory", directory, files, Allowed.ADDING);
    try {
      for (String name : new TreeSet<>(SecretSource.directory(directory).names())) {
        secrets.reportExposed("directory", directory.resolve(name), files, Allowed.NOTHING);
      }
    } catch (Exception e) {
      secrets.problemOf("directory", "can't be listed: " + e.getClass().getSimpleName());
    }
  }

  private static Path directory(Path path, String text) {
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("is '" + text + "', which is not an existing directory");
    }
    return path;
  }
}
