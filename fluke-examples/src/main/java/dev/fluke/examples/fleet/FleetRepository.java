package dev.fluke.examples.fleet;

import dev.fluke.examples.demo.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The repository that says what the fleet should be like, made of the files beside this class. */
final class FleetRepository {
  private static final List<String> FILES =
      List.of(
          "everywhere.fluke.yaml",
          "motd",
          "web/web.fluke.yaml",
          "web/index.html",
          "web/mise.toml",
          "web/site.socket",
          "web/site@.service",
          "db/db.fluke.yaml",
          "db/ledger.conf",
          "db/ledger.service",
          "db/ledger-backup.service",
          "db/ledger-backup.timer",
          "worker/worker.fluke.yaml",
          "worker/mise.toml",
          "worker/queue@.service");

  private final Path dir;

  private FleetRepository(Path dir) {
    this.dir = dir;
  }

  /** A new repository with one commit. */
  static FleetRepository in(Path dir) throws IOException, InterruptedException {
    for (String file : FILES) {
      Path to = dir.resolve(file);
      Files.createDirectories(to.getParent());
      try (InputStream in = FleetRepository.class.getResourceAsStream("infra/" + file)) {
        if (in == null) {
          throw new IOException("no " + file + " beside " + FleetRepository.class);
        }
        Files.copy(in, to);
      }
    }
    FleetRepository repository = new FleetRepository(dir);
    repository.git("init", "-q", "-b", "main");
    repository.commit("Say what the fleet should be like");
    return repository;
  }

  String url() {
    return "file://" + dir;
  }

  /** A file of it. */
  Path file(String name) {
    return dir.resolve(name);
  }

  /** Commits all that is there; the id of the commit, shortened. */
  String commit(String message) throws IOException, InterruptedException {
    git("add", ".");
    git("-c", "user.name=fleet", "-c", "user.email=fleet@example.com", "commit", "-qm", message);
    return git("rev-parse", "--short", "HEAD");
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of("git"));
    argv.addAll(List.of(arguments));
    return Tool.run(dir, argv.toArray(String[]::new));
  }
}
