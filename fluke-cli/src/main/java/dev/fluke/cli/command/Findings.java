package dev.fluke.cli.command;

import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.ManifestProblem;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.source.DirectorySource;
import dev.fluke.source.ManifestSource.Feed;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with files, by their paths as they were named, and how much is right. */
final class Findings {
  private final ManifestReader reader;
  private final Set<String> wrong = new LinkedHashSet<>();
  private final Map<Path, Map<String, byte[]>> files = new TreeMap<>();
  private final Map<Path, String> shown = new TreeMap<>();
  private int tasks;

  Findings(ManifestReader reader) {
    this.reader = reader;
  }

  void problem(String line) {
    wrong.add(line);
  }

  /** The manifests at this path, which was named so. */
  void addManifests(String name, Path path) {
    String prefix = name.equals(".") ? "" : name.replaceAll("/+$", "") + "/";
    try {
      if (Files.isDirectory(path)) {
        addDirectory(prefix, path);
      } else {
        addFile(name, path);
      }
    } catch (Exception e) {
      problem(name + ": can't be read: " + e.getMessage());
    }
  }

  private void addDirectory(String prefix, Path directory) throws Exception {
    try (Scheduler scheduler = Scheduler.system();
        Feed feed = DirectorySource.at(directory).open(scheduler, reader)) {
      News news = feed.poll();
      if (news instanceof News.Broken broken) {
        broken.errors().forEach(error -> problem(prefix + error));
      } else if (news instanceof News.Good good) {
        tasks += good.revision().manifest().tasks().size();
      }
    }
  }

  /** Files of one directory are read together, since their tasks must not clash. */
  private void addFile(String name, Path file) throws IOException {
    Path directory = file.toAbsolutePath().normalize().getParent();
    String last = String.valueOf(file.getFileName());
    if (directory == null || !Files.isRegularFile(file)) {
      problem(name + ": there is no such file or directory");
      return;
    }
    files.computeIfAbsent(directory, d -> new TreeMap<>()).put(last, Files.readAllBytes(file));
    shown.putIfAbsent(directory, name.substring(0, name.lastIndexOf('/') + 1));
  }

  private void readFiles() {
    for (Map.Entry<Path, Map<String, byte[]>> some : files.entrySet()) {
      try {
        tasks += reader.read(some.getValue(), path -> beside(some.getKey(), path)).tasks().size();
      } catch (InvalidManifestException e) {
        String prefix = shown.getOrDefault(some.getKey(), "");
        e.problems().stream().map(ManifestProblem::toString).forEach(p -> problem(prefix + p));
      }
    }
    files.clear();
  }

  private static byte @Nullable [] beside(Path directory, String path) {
    Path file = directory.resolve(path).normalize();
    try {
      return file.startsWith(directory) && Files.isRegularFile(file)
          ? Files.readAllBytes(file)
          : null;
    } catch (IOException e) {
      throw new UncheckedIOException("file '" + path + "' can't be read", e);
    }
  }

  /** Prints what was found, and gives the exit status. */
  int tell(Terminal terminal) {
    readFiles();
    wrong.forEach(terminal.out()::println);
    if (wrong.isEmpty()) {
      terminal.out().println("valid: " + tasks + (tasks == 1 ? " task" : " tasks"));
      return ExitStatus.DONE;
    }
    int errors = wrong.size();
    terminal.err().println("fluke: " + errors + (errors == 1 ? " error" : " errors"));
    return ExitStatus.INVALID;
  }
}
