package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.ProbeKind;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.time.Scheduler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who can write in a directory of manifests, and exchanges files and directories for links
 * out of it while it is read. Nothing outside may become a manifest or the content of a file.
 */
@Tag("attack")
class DirectoryAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final int POLLS = 10; // for each try: the exchange takes microseconds

  @TempDir Path base;
  private Path top;
  private int read;

  @BeforeEach
  void create() throws Exception {
    top = Files.createDirectory(base.resolve("top"));
    for (String where : new String[] {"top/web", "outside"}) {
      Path directory = Files.createDirectories(base.resolve(where));
      String task = where.equals("outside") ? "canary" : "inside";
      Files.writeString(
          directory.resolve("a.fluke.yaml"),
          """
          tasks:
            %s:
              selector: { all: true }
              steps: [ { probe: s, check: x, source: motd } ]
          """
              .formatted(task));
      Files.writeString(directory.resolve("motd"), task);
    }
    Files.createSymbolicLink(top.resolve(".link"), base.resolve("outside"));
    Files.createSymbolicLink(top.resolve("web/link.out"), base.resolve("outside/motd"));
  }

  private boolean won(ManifestSource.Feed feed) {
    try {
      News news = feed.poll();
      if (news instanceof News.Good good) {
        read++;
        return good.revision().manifest().tasks().stream()
            .anyMatch(task -> (task.name() + task.steps()).contains("canary"));
      }
      return news instanceof News.Broken broken && broken.errors().toString().contains("canary");
    } catch (Exception e) { // the directory is unavailable: nothing is adopted
      return String.valueOf(e.getMessage()).contains("canary");
    }
  }

  private void attack(String name, String loop) throws Exception {
    Process attacker =
        new ProcessBuilder(
                "perl",
                "-e",
                "$| = 1; chdir $ARGV[0]; for (;;) { " + loop + " print \"ready\\n\" unless $n++; }",
                top.toString())
            .start();
    int successes = 0;
    try (Scheduler scheduler = Scheduler.system();
        BufferedReader said =
            new BufferedReader(new InputStreamReader(attacker.getInputStream(), UTF_8))) {
      assertThat(said.readLine()).isEqualTo("ready");
      for (int i = 0; i < TRIES; i++) {
        for (int poll = 0; poll < POLLS; poll++) {
          successes += won(feed(scheduler)) ? 1 : 0;
        }
      }
      assertThat(attacker.isAlive()).isTrue();
    } finally {
      attacker.destroyForcibly().waitFor();
    }
    System.out.printf("attack\t%s\t%d\t%d%n", name, TRIES * POLLS, successes);
    assertThat(successes).as(name).isZero();
    assertThat(read).as("revisions that were read between two exchanges").isPositive();
  }

  private ManifestSource.Feed feed(Scheduler scheduler) throws IOException {
    return DirectorySource.at(top).open(scheduler, ManifestReader.of(new ProbeKind()));
  }

  @Test
  void readsNoManifestOfAnExchangedDirectory() throws Exception {
    attack(
        "directory source: a directory exchanged for a link",
        "rename 'web', '.kept'; rename '.link', 'web'; rename 'web', '.link'; rename '.kept', 'web';");
  }

  @Test
  void readsNoContentOfAnExchangedFile() throws Exception {
    attack(
        "directory source: a file exchanged for a link",
        "chdir 'web' unless $n; rename 'motd', 'kept'; rename 'link.out', 'motd';"
            + " rename 'motd', 'link.out'; rename 'kept', 'motd';");
  }
}
