package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in mid-fetch leaves nothing that stands in the way of the next one. */
@Tag("slow")
class GitKillTest {
  private static final int KILLS = Integer.getInteger("fluke.test.kills", 10);

  private @TempDir Path dir;
  private GitRepo repo;
  private Path base;
  private Path mirror;

  @BeforeEach
  void create() {
    repo = GitRepo.in(dir);
    base = dir.resolve("kept");
    mirror = base.resolve("mirror.git");
  }

  private GitSource git() {
    return GitSource.at(repo.url()).mirror(base);
  }

  @Tag("G08")
  @Test
  void aProcessKilledDuringAFetchLeavesNothingThatStandsInTheWay() throws Exception {
    Random random = new Random(3);
    String first = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    for (int i = 0; i < KILLS; i++) {
      repo.git("reset", "-q", "--hard", first); // or each rebuild would fetch all the noise so far
      byte[] noise = new byte[3 * 1024 * 1024];
      random.nextBytes(noise);
      Files.write(repo.work.resolve("noise"), noise);
      String id = repo.push("Big " + i, Map.of());
      if (i % 2 == 1) {
        Damage.HEAD_ZEROED.to(mirror); // so that it is killed in a rebuild
      }
      Process victim = fetching();
      assertThat(victim.getInputStream().read()).isEqualTo('>');
      try (Scheduler moment = Scheduler.system()) {
        moment.sleep(Duration.ofMillis(random.nextInt(250)));
      }
      victim.destroyForcibly().waitFor();

      try (FollowedSource infra = new FollowedSource(git())) {
        assertThat(infra.poll()).as("round %s", i).isEqualTo(id + " a");
      }
      try (Stream<Path> left = Files.walk(base)) {
        assertThat(
                left.map(Path::toString)
                    .filter(f -> f.matches(".*(\\.lock|incoming|fresh|old-).*")))
            .isEmpty();
      }
    }
  }

  @Tag("G08")
  @Test
  void whateverAKilledProcessLeftIsSweptAtTheStart() throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (FollowedSource infra = new FollowedSource(git())) {
      infra.poll();
    }
    List<String> left =
        List.of(
            "fresh-1/mirror.git/HEAD",
            "old-1/mirror.git/HEAD",
            "mirror.git/refs/fluke/tip.lock",
            "mirror.git/config.lock",
            "mirror.git/objects/pack/incoming_1.pack",
            "mirror.git/objects/noz1.tmp");
    for (String one : left) {
      Files.createDirectories(base.resolve(one).getParent());
      Files.writeString(base.resolve(one), "x");
    }

    try (FollowedSource infra = new FollowedSource(git())) {
      assertThat(infra.poll()).isEqualTo(id + " a");
    }

    assertThat(left).noneMatch(one -> Files.exists(base.resolve(one)));
    assertThat(base.resolve("fresh-1")).doesNotExist();
    assertThat(base.resolve("old-1")).doesNotExist();
  }

  @Tag("G08")
  @Test
  void theTemporaryMirrorOfAProcessThatWasKilledIsSweptByTheNextOne() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    Path temp = Files.createDirectory(dir.resolve("temp"));
    Process victim = fetchingIn(temp);
    assertThat(victim.getInputStream().readNBytes(2)).isEqualTo(new byte[] {'>', '<'});
    victim.destroyForcibly().waitFor();
    List<String> left = mirrorsIn(temp);
    assertThat(left).hasSize(1);

    Process next = fetchingIn(temp);
    assertThat(next.getInputStream().readNBytes(2)).isEqualTo(new byte[] {'>', '<'});

    assertThat(mirrorsIn(temp)).hasSize(1).doesNotContainAnyElementsOf(left);
    next.destroyForcibly().waitFor();
  }

  private static List<String> mirrorsIn(Path temp) throws Exception {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(Path::toString).filter(name -> name.contains("fluke-git-")).toList();
    }
  }

  private Process fetchingIn(Path temp) throws Exception {
    return fetching("-Djava.io.tmpdir=" + temp, repo.url());
  }

  private Process fetching() throws Exception {
    return fetching("-Dx=y", repo.url(), base.toString());
  }

  private static Process fetching(String setting, String... arguments) throws Exception {
    List<String> argv = new ArrayList<>();
    argv.addAll(
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            setting,
            "-cp",
            System.getProperty("java.class.path"),
            Fetching.class.getName()));
    argv.addAll(List.of(arguments));
    return new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Says that it is about to fetch, fetches, says that it has, and stays. */
  static final class Fetching {
    private Fetching() {}

    public static void main(String[] args) throws Exception {
      GitSource git = GitSource.at(args[0]);
      try (FollowedSource infra =
          new FollowedSource(args.length > 1 ? git.mirror(Path.of(args[1])) : git)) {
        System.out.write('>');
        System.out.flush();
        infra.poll();
        System.out.write('<');
        System.out.flush();
        int unused = System.in.read(); // until it is killed, or the test ends
      }
    }
  }
}
