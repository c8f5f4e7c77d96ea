package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.ProbeKind;
import dev.fluke.source.ManifestSource.News;
import dev.fluke.time.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests from a directory. */
class DirectorySourceTest {
  private final Scheduler scheduler = Scheduler.system();
  private @TempDir Path dir;

  @AfterEach
  void close() {
    scheduler.close();
  }

  private ManifestSource.Feed open(DirectorySource source) {
    return source.open(scheduler, ManifestReader.of(new ProbeKind()));
  }

  private void write(String path, String task) throws Exception {
    Path file = dir.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "tasks:\n  " + task + ": { selector: { all: true }, steps: [ { probe: s, check: x } ] }\n");
  }

  private static String told(News news) {
    if (news instanceof News.Good good) {
      return good.revision().manifest().tasks().stream()
          .map(task -> task.name())
          .collect(Collectors.joining(" "));
    }
    return news instanceof News.Broken broken ? broken.errors().toString() : "unchanged";
  }

  @Test
  void isReadAgainWhenAFileComesChangesOrGoes() throws Exception {
    write("a.fluke.yaml", "a");
    ManifestSource.Feed feed = open(DirectorySource.at(dir));

    assertThat(told(feed.poll())).isEqualTo("a");
    assertThat(told(feed.poll())).isEqualTo("unchanged");
    write("sub/b.fluke.yml", "b");
    write("notes.yaml", "c");
    assertThat(told(feed.poll())).isEqualTo("a b");
    write("a.fluke.yaml", "renamed");
    assertThat(told(feed.poll())).isEqualTo("renamed b");
    Files.delete(dir.resolve("sub/b.fluke.yml"));
    assertThat(told(feed.poll())).isEqualTo("renamed");
  }

  @Test
  void aFileThatIsWrongIsSaidWithItsPlace() throws Exception {
    write("a.fluke.yaml", "a");
    Files.writeString(dir.resolve("b.fluke.yaml"), "tusks: {}");

    assertThat(told(open(DirectorySource.at(dir)).poll()))
        .isEqualTo(
            "[b.fluke.yaml:1:1: unknown key 'tusks'; did you mean 'tasks'? Known: locals, tasks]");
  }

  @Test
  void hiddenDirectoriesArePassedOverAndLinksFollowed() throws Exception {
    write("..data/a.fluke.yaml", "a");
    write(".git/x.fluke.yaml", "x");
    Files.createSymbolicLink(dir.resolve("a.fluke.yaml"), Path.of("..data/a.fluke.yaml"));
    Files.createSymbolicLink(dir.resolve("gone.fluke.yaml"), Path.of("nowhere"));

    assertThat(told(open(DirectorySource.at(dir)).poll())).isEqualTo("a");
  }

  @Test
  void aGlobAndATimeCanBeSet() throws Exception {
    write("web/a.yaml", "a");
    write("b.fluke.yaml", "b");
    DirectorySource source =
        DirectorySource.at(dir).files("web/*.yaml").every(Duration.ofSeconds(5));

    assertThat(told(open(source).poll())).isEqualTo("a");
    assertThat(source.pollInterval()).contains(Duration.ofSeconds(5));
  }

  @Test
  void aFileThatAManifestNamesIsLookedAtToo() throws Exception {
    Files.writeString(
        dir.resolve("a.fluke.yaml"),
        "tasks: { a: { selector: { all: true }, steps: [ { probe: s, check: x, source: motd } ] } }");
    ManifestSource.Feed feed = open(DirectorySource.at(dir));
    assertThat(told(feed.poll())).contains("there is no file 'motd' in this revision");
    assertThat(told(feed.poll())).isEqualTo("unchanged");

    Files.writeString(dir.resolve("motd"), "hello");
    assertThat(source(feed.poll())).contains("source=hello");
    assertThat(told(feed.poll())).isEqualTo("unchanged");

    Files.writeString(dir.resolve("motd"), "goodbye");
    assertThat(source(feed.poll())).contains("source=goodbye");
    Files.delete(dir.resolve("motd"));
    assertThat(told(feed.poll())).contains("there is no file 'motd' in this revision");
  }

  @Test
  void refusesLinksThatLeadOutOfTheDirectory() throws Exception {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Path top = Files.createDirectory(dir.resolve("top"));
    write("outside/x.fluke.yaml", "canary");
    write("top/a.fluke.yaml", "a");
    ManifestSource.Feed feed = open(DirectorySource.at(top));
    assertThat(told(feed.poll())).isEqualTo("a");

    Path link = Files.createSymbolicLink(top.resolve("web"), Path.of("../outside"));
    assertThat(told(feed.poll()))
        .isEqualTo(
            "[web:1:1: is a link that leads out of the directory, to %s; copy what it leads to into the directory]"
                .formatted(outside.toRealPath()));
    assertThat(told(feed.poll())).isEqualTo("unchanged");
    Files.delete(link);
    assertThat(told(feed.poll())).isEqualTo("a");

    Files.writeString(outside.resolve("motd"), "canary");
    Files.createSymbolicLink(top.resolve("motd"), Path.of("../outside/motd"));
    Files.writeString(
        top.resolve("a.fluke.yaml"),
        "tasks: { a: { selector: { all: true }, steps: [ { probe: s, check: x, source: motd } ] } }");
    assertThat(told(feed.poll()))
        .startsWith("[a.fluke.yaml:1:")
        .contains(
            "file 'motd' is a link that leads out of the directory, to %s"
                .formatted(outside.resolve("motd").toRealPath()));
  }

  @Test
  void refusesWhatOthersCanChangeIfToldTo() throws Exception {
    write("web/a.fluke.yaml", "a");
    DirectorySource source = DirectorySource.at(dir);
    ManifestSource.Feed feed = open(source.protectedFromOthers());
    assertThat(told(feed.poll())).isEqualTo("a");

    Path file = dir.resolve("web/a.fluke.yaml").toRealPath();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    write("web/a.fluke.yaml", "changed");
    assertThat(told(feed.poll()))
        .isEqualTo(
            "[web/a.fluke.yaml:1:1: %1$s can be written by others (mode 0666); run chmod go-w %1$s]"
                .formatted(file));
    assertThat(told(feed.poll())).isEqualTo("unchanged");
    assertThat(told(open(source).poll())).isEqualTo("changed");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(told(feed.poll())).isEqualTo("changed");
    assertThat(told(feed.poll())).isEqualTo("unchanged");
  }

  private static String source(News news) {
    assertThat(news).isInstanceOf(News.Good.class);
    return ((News.Good) news)
        .revision()
        .manifest()
        .tasks()
        .get(0)
        .steps()
        .get(0)
        .executor()
        .toString();
  }

  @Test
  void aDirectoryThatGoesIsOutOfReachAndOneWithoutManifestsIsSaid() throws Exception {
    Path fleet = Files.createDirectory(dir.resolve("fleet"));
    ManifestSource.Feed feed = open(DirectorySource.at(fleet).files("*.yaml"));
    assertThat(((News.Good) feed.poll()).revision().remarks())
        .containsExactly("no file matches *.yaml");
    Files.delete(fleet);

    assertThatThrownBy(feed::poll)
        .isInstanceOf(SourceUnavailableException.class)
        .hasMessage("the directory no longer exists");
  }

  @Test
  void aDirectoryThatIsNotThereIsSaidWhenItIsBuiltIn() {
    assertThat(DirectorySource.at(dir.resolve("nope")).problems())
        .containsExactly("the directory does not exist");
  }
}
