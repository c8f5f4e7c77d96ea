package dev.fluke.onhost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.Executor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A user of this machine who turns his own directory against Fluke, which works there as root. What
 * lies outside of that directory must stay as it is, and unread.
 */
public final class Attack implements AutoCloseable {
  /** In the only file that nobody but root can read. */
  public static final String CANARY = "canary-of-root-only";

  private static final String HASH =
      "b4fb490b79ecc6ecf7720e19a50426f1c9a7039f5902f6bb8871e2877be6c547";
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);

  private final LoginUser user = LoginUser.added();
  private final Path base;

  /** A new user, who owns {@link #dir()} below this directory. */
  public Attack(Path base) throws Exception {
    this.base = base;
    sh("mkdir dir outside && chmod 755 . && chown " + user.name() + ": dir && chmod 711 outside");
    sh("cd outside && mkdir sub && echo precious >sub/file && chmod 600 sub/file");
    sh(
        "cd outside && echo "
            + CANARY
            + " >file && chmod 600 file && mkfifo pipe && chmod 666 pipe");
    sh("cd outside && echo same >same && chmod 600 same");
  }

  /** The directory of the user. */
  public Path dir() {
    return base.resolve("dir");
  }

  /** Nothing in it is the user's. */
  public Path outside() {
    return base.resolve("outside");
  }

  /** The user. */
  public LoginUser user() {
    return user;
  }

  /** Runs this as root, and expects that it succeeds. */
  public void sh(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script).directory(base.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }

  /** Whether the user got what he wanted, besides changing or reading what is outside. */
  public interface Prize {
    /** After each try. */
    boolean won() throws Exception;
  }

  /**
   * Applies this as root again and again, to what this shell script of root put into the user's
   * directory before each try. Fails if one of the tries did what it must not.
   */
  public void with(String name, String prepare, Executor declared, Prize prize) throws Exception {
    attack(name, prepare, declared, prize);
  }

  /** Applies this as root again and again, while the user repeats these statements of Perl. */
  public void racing(String name, String loop, Executor declared, Prize prize) throws Exception {
    sh("rm -rf dir/* dir/.fluke-*");
    Process attacker = start(loop);
    try {
      attack(name, "", declared, prize);
    } finally {
      attacker.destroyForcibly().waitFor();
    }
  }

  private void attack(String name, String prepare, Executor declared, Prize prize)
      throws Exception {
    int successes = 0;
    try (ConnectedHost host = ConnectedHost.local()) {
      for (int i = 0; i < TRIES; i++) {
        if (!prepare.isEmpty()) {
          sh("cd dir && " + prepare);
        }
        Map<String, String> before = outsideNow();
        String said = host.check(declared) + host.apply(declared);
        if (isLeak(said) || !outsideNow().equals(before) || prize.won()) {
          successes++;
        }
      }
    }
    System.out.printf("attack\t%s\t%d\t%d%n", name, TRIES, successes);
    assertThat(successes).as(name).isZero();
  }

  private static boolean isLeak(String said) {
    return said.contains(CANARY) || said.contains(HASH) || said.contains("timed out");
  }

  private Process start(String loop) throws IOException {
    String perl =
        "$| = 1; chdir $ARGV[0]; for (;;) { " + loop + " print \"ready\\n\" unless $n++; }";
    ProcessBuilder builder =
        new ProcessBuilder(
            "setpriv",
            "--reuid=" + user.name(),
            "--regid=" + user.name(),
            "--clear-groups",
            "perl",
            "-e",
            perl,
            dir().toString(),
            outside().toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    assertThat(process.inputReader().readLine()).as(loop).isEqualTo("ready");
    return process;
  }

  /** What is outside of the user's directory: names, owners, modes, contents. */
  private Map<String, String> outsideNow() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(outside())) {
      files.forEach(file -> all.put(file.toString(), facts(file)));
    }
    try (Stream<Path> files = Files.list(base)) {
      files.forEach(file -> all.put(file.toString(), facts(file)));
    }
    return all;
  }

  private static String facts(Path file) {
    try {
      List<Object> facts =
          Stream.of("uid", "gid", "mode", "ino")
              .map(
                  name -> {
                    try {
                      return Files.getAttribute(file, "unix:" + name, NOFOLLOW_LINKS);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .toList();
      return facts + (Files.isRegularFile(file, NOFOLLOW_LINKS) ? read(file) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }

  @Override
  public void close() throws Exception {
    user.close();
  }
}
