package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to the mirror on disk: it heals by itself, and what is in force stays so. */
class GitMirrorTest {
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

  /** What can be done to a mirror. */
  enum Damage {
    PACK_TRUNCATED,
    PACK_EMPTIED,
    INDEX_DELETED,
    HEAD_ZEROED,
    CONFIG_GARBLED,
    DIRECTORY_EMPTIED,
    DIRECTORY_IS_A_FILE,
    REF_GARBLED;

    void to(Path mirror) throws Exception {
      switch (this) {
        case PACK_TRUNCATED -> truncate(first(mirror, ".pack"), 0.5);
        case PACK_EMPTIED -> truncate(first(mirror, ".pack"), 0);
        case INDEX_DELETED -> Files.delete(first(mirror, ".idx"));
        case HEAD_ZEROED -> truncate(mirror.resolve("HEAD"), 0);
        case CONFIG_GARBLED -> Files.writeString(mirror.resolve("config"), "[[[");
        case DIRECTORY_EMPTIED -> empty(mirror);
        case DIRECTORY_IS_A_FILE -> {
          empty(mirror);
          Files.delete(mirror);
          Files.writeString(mirror, "x");
        }
        case REF_GARBLED -> Files.writeString(mirror.resolve("refs/fluke/tip"), "x");
      }
    }

    private static void truncate(Path file, double part) throws Exception {
      assertThat(file.toFile().setWritable(true)).isTrue();
      try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
        open.setLength((long) (open.length() * part));
      }
    }

    private static Path first(Path mirror, String ending) throws Exception {
      try (Stream<Path> files = Files.list(mirror.resolve("objects/pack"))) {
        return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
      }
    }

    private static void empty(Path directory) throws Exception {
      try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
        for (Path file :
            files.sorted((a, b) -> b.compareTo(a)).filter(f -> !f.equals(directory)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Tag("G09")
  @ParameterizedTest
  @EnumSource
  void damageWhileRunningIsHealedByTheNextLookThatMinds(Damage damage) throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (Following infra = new Following(git())) {
      infra.poll();
      damage.to(mirror);
      String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));

      assertThat(infra.poll()).isEqualTo(second + " a b");
      assertThat(infra.poll()).isEqualTo("unchanged");
      String third = repo.push("Three", Map.of("c.fluke.yaml", PairKind.file("c")));
      assertThat(infra.poll()).isEqualTo(third + " a b c");
    }
  }

  @Tag("G09")
  @ParameterizedTest
  @EnumSource
  void damageWhileStoppedIsHealedAtTheStart(Damage damage) throws Exception {
    String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (Following infra = new Following(git())) {
      infra.poll();
    }
    damage.to(mirror);
    try (Following infra = new Following(git())) {
      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  @Tag("G09")
  @Test
  void aRebuildIsSaidAndComesAtMostOnceInTenMinutes() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (Following infra = new Following(git())) {
      infra.poll();
      Damage.HEAD_ZEROED.to(mirror);
      repo.push("Two", Map.of());
      assertThat(infra.good().remarks())
          .singleElement()
          .asString()
          .startsWith("the mirror was damaged and is rebuilt: ");
      Damage.HEAD_ZEROED.to(mirror);
      repo.push("Three", Map.of());

      assertThat(infra.away()).hasMessageContaining("was rebuilt less than 10 minutes ago");
    }
  }

  @Tag("G01")
  @Test
  void aStaleLockFailsOneLookAndIsRemoved() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (Following infra = new Following(git())) {
      infra.poll();
      Files.createFile(mirror.resolve("refs/fluke/tip.lock"));
      String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));

      assertThat(infra.away()).hasMessageContaining("locked by nobody that lives");
      assertThat(infra.poll()).isEqualTo(second + " a b");
    }
  }

  @Tag("G10")
  @Test
  void aFullDiskFailsTheLookAndHealsWhenThereIsSpace() throws Exception {
    Path small = Files.createDirectory(dir.resolve("small"));
    run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString());
    try {
      String id = repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
      try (Following infra = new Following(GitSource.at(repo.url()).mirror(small.resolve("m")))) {
        assertThat(infra.poll()).isEqualTo(id + " a");
        byte[] noise = new byte[4 * 1024 * 1024];
        new Random(1).nextBytes(noise);
        Files.write(repo.work.resolve("noise"), noise);
        String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));

        infra.away();
        infra.away();
        run("mount", "-o", "remount,size=20m", small.toString());
        assertThat(infra.poll()).isEqualTo(second + " a b");
        String objects = small.resolve("m/mirror.git/objects").toString();
        run("mount", "--bind", objects, objects);
        run("mount", "-o", "remount,bind,ro", objects);
        repo.push("Three", Map.of("c.fluke.yaml", PairKind.file("c")));
        infra.away();
        run("umount", objects);
        assertThat(infra.poll()).endsWith(" a b c");
      }
    } finally {
      run("umount", small.toString());
    }
  }

  private static void run(String... argv) throws Exception {
    Process process = new ProcessBuilder(argv).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", argv)).isZero();
  }

  @Tag("G08")
  @Test
  void aProcessKilledDuringAFetchLeavesNothingThatStandsInTheWay() throws Exception {
    Random random = new Random(3);
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    for (int i = 0; i < KILLS; i++) {
      byte[] noise = new byte[3 * 1024 * 1024];
      random.nextBytes(noise);
      Files.write(repo.work.resolve("noise"), noise);
      String id = repo.push("Big " + i, Map.of());
      Process victim = fetching();
      assertThat(victim.getInputStream().read()).isEqualTo('>');
      victim.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);
      victim.destroyForcibly().waitFor();

      try (Following infra = new Following(git())) {
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

  private Process fetching() throws Exception {
    List<String> argv =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Fetching.class.getName(),
            repo.url(),
            base.toString());
    return new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Says that it is about to fetch, and fetches. */
  static final class Fetching {
    private Fetching() {}

    public static void main(String[] args) throws Exception {
      try (Following infra = new Following(GitSource.at(args[0]).mirror(Path.of(args[1])))) {
        System.out.write('>');
        System.out.flush();
        infra.poll();
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
      }
    }
  }
}
