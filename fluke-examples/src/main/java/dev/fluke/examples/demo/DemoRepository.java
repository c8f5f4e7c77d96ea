package dev.fluke.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The repository that says what should be: a temporary one, committed to with {@code git}. */
final class DemoRepository {
  private static final String OTHERS =
      """
      tasks:
        banner:
          description: only reported, until somebody says so
          selector: { all: true }
          drift: { policy: alert_only }
          steps:
            - shell: file
              check: test -e banner
              command: touch banner
        hopeless:
          description: an apply that fixes nothing
          selector: { all: true }
          steps:
            - shell: wish
              check: test -e /nonexistent/wish
              command: "true"
      """;

  private final Path dir;

  private DemoRepository(Path dir) {
    this.dir = dir;
  }

  static DemoRepository in(Path dir) throws IOException, InterruptedException {
    DemoRepository repository = new DemoRepository(Files.createDirectory(dir));
    repository.git("init", "-q", "-b", "main");
    repository.greet("Greet", greeting("hello"));
    repository.commit("Supervise the banner", "others.fluke.yaml", OTHERS);
    return repository;
  }

  /** The task that keeps the message of the day. */
  static String greeting(String text) {
    return """
        tasks:
          greeting:
            description: the message of the day says %1$s
            selector: { all: true }
            steps:
              - shell: motd
                check: test "$(cat motd)" = "$TEXT"
                command: printf '%%s\\n' "$TEXT" > motd
                env: { TEXT: %1$s }
        """
        .formatted(text);
  }

  String url() {
    return "file://" + dir;
  }

  /** Commits this as the file with the greeting; the id of the commit, shortened. */
  String greet(String message, String text) throws IOException, InterruptedException {
    return commit(message, "greeting.fluke.yaml", text);
  }

  private String commit(String message, String file, String text)
      throws IOException, InterruptedException {
    Files.writeString(dir.resolve(file), text);
    git("add", file);
    git("commit", "-q", "-m", message);
    return git("rev-parse", "--short", "HEAD");
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> argv =
        new ArrayList<>(
            List.of("git", "-c", "user.name=demo", "-c", "user.email=demo@example.com"));
    argv.addAll(List.of(arguments));
    return Tool.run(dir, argv.toArray(String[]::new));
  }
}
