package dev.fluke.source.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A bare repository and a work tree that pushes to it, made with the real git. */
final class GitRepo {
  final Path bare;
  final Path work;

  private GitRepo(Path bare, Path work) {
    this.bare = bare;
    this.work = work;
  }

  static GitRepo in(Path dir) {
    GitRepo repo = new GitRepo(dir.resolve("infra.git"), dir.resolve("work"));
    run(dir, "init", "-q", "--bare", "-b", "main", repo.bare.toString());
    run(dir, "clone", "-q", repo.bare.toString(), repo.work.toString());
    repo.git("checkout", "-q", "-B", "main");
    return repo;
  }

  String url() {
    return bare.toUri().toString().replaceFirst("^file:/+", "file:///");
  }

  /** Writes, commits and pushes; the id of the commit. */
  String push(String message, Map<String, String> files) {
    String id = commit(message, files);
    git("push", "-q", "-f", "origin", "HEAD");
    return id;
  }

  String commit(String message, Map<String, String> files) {
    files.forEach(this::write);
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD");
  }

  void write(String path, String text) {
    try {
      Path file = work.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String git(String... arguments) {
    return run(work, arguments);
  }

  static String run(Path dir, String... arguments) {
    List<String> argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(argv).directory(dir.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "Ann",
                "GIT_AUTHOR_EMAIL", "ann@example.com",
                "GIT_COMMITTER_NAME", "Ann",
                "GIT_COMMITTER_EMAIL", "ann@example.com"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(argv + ": " + out);
      }
      return out.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
