package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.source.Revision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to the mirror on disk: it heals by itself, and what is in force stays so. */
@Tag("slow")
class GitMirrorDamageTest {
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

  @Tag("G09")
  @ParameterizedTest
  @EnumSource
  void damageWhileRunningIsHealedByTheNextLookThatMinds(Damage damage) throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (FollowedSource infra = new FollowedSource(git())) {
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
    try (FollowedSource infra = new FollowedSource(git())) {
      infra.poll();
    }
    damage.to(mirror);
    try (FollowedSource infra = new FollowedSource(git())) {
      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  @Tag("G09")
  @Test
  void aRebuildIsSaidAndComesAtMostOnceInTenMinutes() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (FollowedSource infra = new FollowedSource(git())) {
      infra.poll();
      Damage.HEAD_ZEROED.to(mirror);
      repo.push("Two", Map.of());
      assertThat(infra.good().remarks())
          .singleElement()
          .asString()
          .startsWith("the mirror was damaged and has been rebuilt: ");
      Damage.HEAD_ZEROED.to(mirror);
      repo.push("Three", Map.of());

      assertThat(infra.unavailable()).hasMessageContaining("was rebuilt less than 10 minutes ago");
    }
  }

  @Tag("G09")
  @Test
  void aRebuildThatBringsNothingNewIsSaidWithTheNextCommit() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (FollowedSource infra = new FollowedSource(git())) {
      infra.poll();
      Damage.HEAD_ZEROED.to(mirror);
      assertThat(infra.poll()).isEqualTo("unchanged");
      repo.push("Two", Map.of());
      assertThat(infra.good().remarks()).singleElement().asString().contains("has been rebuilt");
      repo.push("Three", Map.of());
      assertThat(infra.good().remarks()).isEmpty();
    }
  }

  @Tag("G09")
  @Test
  void aFileOfAStepThatTheMirrorLostIsNoMistakeOfTheCommit() throws Exception {
    String file = PairKind.file("a") + "        source: script\n";
    repo.push("One", Map.of("script", "fix it"));
    try (FollowedSource infra = new FollowedSource(git())) {
      infra.poll();
      Damage.loosen(mirror, "script");
      String second = repo.push("Two", Map.of("a.fluke.yaml", file));

      Revision revision = infra.good();

      assertThat(revision.id()).isEqualTo(second);
      assertThat(revision.manifest().tasks().get(0).steps().get(0).executor())
          .hasToString("Pair[check=check a, command=fix it]");
      assertThat(revision.remarks()).singleElement().asString().contains("has been rebuilt");
    }
  }

  @Test
  void aMirrorThatCanNotBeThereIsSaidWithTheReason() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "x");
    try (FollowedSource infra = new FollowedSource(GitSource.at(repo.url()).mirror(file))) {
      assertThat(infra.unavailable())
          .hasMessage("the mirror directory " + file + " is not a directory");
    }
    try (FollowedSource infra =
        new FollowedSource(GitSource.at(repo.url()).mirror(Path.of("/proc/x")))) {
      assertThat(infra.unavailable()).hasMessageContaining("/proc/x: ");
    }
  }

  @Tag("G01")
  @Test
  void aStaleLockFailsOneLookAndIsRemoved() throws Exception {
    repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    try (FollowedSource infra = new FollowedSource(git())) {
      infra.poll();
      Files.createFile(mirror.resolve("refs/fluke/tip.lock"));
      String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));

      assertThat(infra.unavailable()).hasMessageContaining("had a stale lock");
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
      try (FollowedSource infra =
          new FollowedSource(GitSource.at(repo.url()).mirror(small.resolve("m")))) {
        assertThat(infra.poll()).isEqualTo(id + " a");
        byte[] noise = new byte[4 * 1024 * 1024];
        new Random(1).nextBytes(noise);
        Files.write(repo.work.resolve("noise"), noise);
        String second = repo.push("Two", Map.of("b.fluke.yaml", PairKind.file("b")));

        infra.unavailable();
        infra.unavailable();
        run("mount", "-o", "remount,size=20m", small.toString());
        assertThat(infra.poll()).isEqualTo(second + " a b");
        String objects = small.resolve("m/mirror.git/objects").toString();
        run("mount", "--bind", objects, objects);
        run("mount", "-o", "remount,bind,ro", objects);
        repo.push("Three", Map.of("c.fluke.yaml", PairKind.file("c")));
        infra.unavailable();
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
}
