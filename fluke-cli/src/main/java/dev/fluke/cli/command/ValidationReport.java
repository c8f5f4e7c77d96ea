package dev.fluke.cli.command;

import dev.fluke.cli.config.Config;
import dev.fluke.cli.config.ConfigReader;
import dev.fluke.cli.config.InvalidConfigException;
import dev.fluke.files.internal.ConfinedDirectory;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.DirectorySource;
import dev.fluke.source.ManifestSource.Feed;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import dev.fluke.yaml.internal.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the errors of manifests and configs, under the paths that the user gave. */
final class ValidationReport {
  private final Terminal terminal;
  private final ManifestReader reader;
  private final Set<String> errors = new LinkedHashSet<>();
  private final Map<Path, Map<String, byte[]>> files = new TreeMap<>();
  private final Map<Path, String> prefixes = new TreeMap<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Set<String> tasks = new HashSet<>();
  private int agents;

  ValidationReport(Terminal terminal) {
    this.terminal = terminal;
    this.reader = ManifestReader.of(getClass().getClassLoader(), List.of());
  }

  /** Reads a config and the manifests of the directory that it names. */
  void addConfig(String name, Path file) {
    try {
      Config config = new ConfigReader(terminal.environment()).read(name, file);
      notes.addAll(config.notes());
      agents += config.agents().size();
      MissingSecrets secrets = MissingSecrets.in(config.secrets());
      config
          .directory()
          .ifPresent(path -> addDirectory(displayed(path), path, readerFor(config), secrets));
    } catch (InvalidConfigException e) {
      e.problems().stream().map(FileProblem::toString).forEach(this::problem);
    } catch (IOException e) {
      problem(ConfigFile.reason(name, file, e));
    }
  }

  private ManifestReader readerFor(Config config) {
    return config.alerts().isPresent() ? reader : reader.withoutAlerts();
  }

  private String displayed(Path path) {
    Path here = terminal.directory().toAbsolutePath().normalize();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }

  void problem(String line) {
    errors.add(line);
  }

  /** Reads a manifest, or the manifests of a directory. */
  void addManifests(String name, Path path) {
    if (Files.isDirectory(path)) {
      addDirectory(name, path, reader, MissingSecrets.UNKNOWN);
      return;
    }
    try {
      addFile(name, path);
    } catch (IOException e) {
      problem(name + ": can't be read: " + DisplayText.why(e));
    }
  }

  private void addDirectory(
      String name, Path directory, ManifestReader with, MissingSecrets secrets) {
    String prefix = name.equals(".") || name.isEmpty() ? "" : name.replaceAll("/+$", "") + "/";
    try (Scheduler scheduler = Scheduler.system();
        Feed feed = DirectorySource.at(directory).open(scheduler, with)) {
      News news = feed.poll();
      if (news instanceof News.Broken broken) {
        broken.errors().forEach(error -> problem(prefix + error));
      } else if (news instanceof News.Good good) {
        count(good.revision().manifest());
        secrets.of(good.revision().manifest()).forEach(error -> problem(prefix + error));
        good.revision().remarks().forEach(remark -> notes.add(name + ": " + remark));
      }
    } catch (Exception e) {
      problem(name + ": can't be read: " + e.getMessage());
    }
  }

  private void count(Manifest manifest) {
    manifest.tasks().forEach(task -> tasks.add(task.name()));
  }

  /** Files of one directory are read together: their tasks need unique names. */
  private void addFile(String name, Path file) throws IOException {
    Path directory = file.toAbsolutePath().normalize().getParent();
    String last = String.valueOf(file.getFileName());
    if (directory == null || !Files.isRegularFile(file)) {
      problem(name + ": no such file or directory");
      return;
    }
    files.computeIfAbsent(directory, d -> new TreeMap<>()).put(last, YamlFile.bytes(file));
    prefixes.putIfAbsent(directory, name.substring(0, name.lastIndexOf('/') + 1));
  }

  private void readFiles() {
    for (Map.Entry<Path, Map<String, byte[]>> entry : files.entrySet()) {
      try {
        count(reader.read(entry.getValue(), path -> sibling(entry.getKey(), path)));
      } catch (InvalidManifestException e) {
        String prefix = prefixes.getOrDefault(entry.getKey(), "");
        e.problems().stream().map(FileProblem::toString).forEach(p -> problem(prefix + p));
      }
    }
    files.clear();
  }

  private static byte @Nullable [] sibling(Path directory, String path) {
    try {
      return ConfinedDirectory.of(directory).namedFile(path);
    } catch (IOException e) {
      throw new UncheckedIOException("file '" + path + "' can't be read", e);
    }
  }

  /** Prints the errors or the number of valid tasks; returns the exit status. */
  int print() {
    readFiles();
    errors.forEach(terminal.out()::println);
    notes.forEach(note -> terminal.err().println("note: " + Printable.of(note)));
    if (errors.isEmpty()) {
      String more = agents == 0 ? "" : ", " + DisplayText.count(agents, "agent");
      terminal.out().println("valid: " + DisplayText.count(tasks.size(), "task") + more);
      return ExitStatus.DONE;
    }
    terminal.err().println("fluke: " + DisplayText.count(errors.size(), "error"));
    return ExitStatus.INVALID;
  }
}
