package dev.fluke.ssh;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A bare repository on the host and a work tree that pushes to it, made with the real git. */
final class Repository {
  final Path bare;
  private final Path work;

  private Repository(Path bare, Path work) {
    this.bare = bare;
    this.work = work;
  }

  static Repository in(Path dir, String name) throws Exception {
    Path own = Files.createTempDirectory(dir, "git");
    Repository repository = new Repository(own.resolve(name), own.resolve("work"));
    git(own, "init", "-q", "--bare", "-b", "main", repository.bare.toString());
    git(own, "init", "-q", "-b", "main", repository.work.toString());
    return repository;
  }

  /** Commits one file, and pushes, by force; the id of the commit. */
  String push(String task) throws Exception {
    return push(task, SshPairKind.file(task, "true", "true"));
  }

  String push(String task, String file) throws Exception {
    Files.writeString(work.resolve(task + ".fluke.yaml"), file);
    git("add", "-A");
    git("commit", "-q", "-m", task);
    git("push", "-q", "-f", bare.toString(), "HEAD:main");
    return git("rev-parse", "HEAD");
  }

  String git(String... arguments) throws Exception {
    return git(work, arguments);
  }

  static String git(Path dir, String... arguments) throws Exception {
    List<String> argv = new ArrayList<>(List.of("env", "GIT_CONFIG_GLOBAL=/dev/null"));
    argv.addAll(List.of("git", "-C", dir.toString()));
    argv.addAll(List.of("-c", "user.name=Ann", "-c", "user.email=ann@example.com"));
    argv.addAll(List.of(arguments));
    return SshServer.run(argv).strip();
  }
}
