package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.onhost.Attack;
import dev.fluke.onhost.ConnectedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who can write where Fluke runs Git and mise as root. */
@Tag("attack")
@Tag("slow")
class MiseAttackTest {
  @TempDir static Path base;
  private static Attack attack;
  private static MiseOnHost host;
  private static Path origin;
  private static Path payload;

  @BeforeAll
  static void prepare() throws Exception {
    attack = new Attack(base);
    host = MiseOnHost.in(base);
    payload = base.resolve("payload");
    origin = Files.createDirectory(base.resolve("origin"));
    host.git(origin, "init", "-q");
    Files.createDirectories(origin.resolve("a/b"));
    Files.writeString(origin.resolve("mise.toml"), tasks("true"));
    Files.writeString(origin.resolve(".gitattributes"), "*.x filter=x\n");
    host.git(origin, "add", "--all");
    host.commit(origin, "a/b/file", "one");
    host.commit(origin, "one.x", "one");
  }

  @AfterAll
  static void remove() throws Exception {
    attack.close();
  }

  private static String tasks(String run) {
    return "[tasks.check]\nrun = '" + run + "'\n[tasks.apply]\nrun = '" + run + "'\n";
  }

  private static Mise in(Path dir) {
    return host.with(Mise.in(dir.toString()));
  }

  private static void payloadInUsersHands() throws Exception {
    Path task = base.resolve("evil.toml");
    Files.writeString(task, tasks("touch " + payload));
  }

  @Test
  void runsNoTaskThatOthersPutInPlace() throws Exception {
    payloadInUsersHands();
    attack.with(
        "mise: the user's own directory",
        "mkdir -p own; cp ../evil.toml own/mise.toml; chown -R " + attack.user().name() + " own",
        in(attack.dir().resolve("own")).trusted(),
        () -> Files.deleteIfExists(payload));
    attack.with(
        "mise: a link in the user's directory",
        "ln -sfn own link",
        in(attack.dir().resolve("link")).trusted(),
        () -> Files.deleteIfExists(payload));
    attack.with(
        "mise: root's directory in the user's directory",
        "rm -rf roots; mkdir roots; cp ../evil.toml roots/mise.toml",
        in(attack.dir().resolve("roots")).trusted(),
        () -> Files.deleteIfExists(payload));
  }

  @Test
  void clonesNothingThroughADirectoryThatIsExchanged() throws Exception {
    attack.racing(
        "git: the directory exchanged for a link",
        "mkdir 'up'; rename 'up', 'up.own'; symlink \"$ARGV[1]\", 'up'; unlink 'up';"
            + " rename 'up.own', 'up';",
        in(attack.dir().resolve("up/copy")).git("file://" + origin).trusted(),
        () -> Files.deleteIfExists(payload));
  }

  private static Path cloned(String name) throws Exception {
    Path copy = base.resolve(name);
    host.git(base, "clone", "-q", "file://" + origin, copy.toString());
    return copy;
  }

  @Test
  void updatesNothingBelowADirectoryThatOthersCanWrite() throws Exception {
    Path copy = cloned("shared copy");
    host.commit(origin, "a/b/file", "two");
    Mise mise = in(copy).git("file://" + origin).trusted();
    attack.sh("chown " + attack.user().name() + " 'shared copy/a'");

    try (ConnectedHost here = ConnectedHost.local()) {
      assertThat(here.apply(mise)).contains("others can write in a, which is part of the branch");
      assertThat(copy.resolve("a/b/file")).hasContent("one");

      attack.sh("chown root 'shared copy/a'");
      assertThat(here.apply(mise)).isEmpty();
      assertThat(copy.resolve("a/b/file")).hasContent("two");
    }
  }

  @Tag("Z07")
  @Test
  void runsNoSettingOfTheWorkingCopyBeforeTrust() throws Exception {
    String url = "file://" + origin;
    Path copy = cloned("copy");
    Path script = Files.writeString(base.resolve("run"), "#!/bin/sh\ntouch " + payload + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path more = Files.writeString(base.resolve("more"), "[core]\n  worktree = /nowhere\n");
    List<List<String>> settings =
        List.of(
            List.of("filter.x.clean", script.toString()),
            List.of("filter.x.smudge", script.toString()),
            List.of("filter.x.process", script.toString()),
            List.of("remote." + url + ".uploadpack", script.toString()),
            List.of("gpg.program", script.toString()),
            List.of("core.sshCommand", script.toString()),
            List.of("core.alternateRefsCommand", script.toString()),
            List.of("core.worktree", attack.outside().toString()),
            List.of("credential.helper", "!" + script),
            List.of("url.ext::" + script + ".insteadOf", url),
            List.of("diff.external", script.toString()),
            List.of("include.path", more.toString()));
    host.commit(origin, "two.x", "two");
    try (ConnectedHost here = ConnectedHost.local()) {
      Mise mise = in(copy).git(url);
      for (List<String> setting : settings) {
        host.git(copy, "config", setting.get(0), setting.get(1));
        Files.writeString(copy.resolve("one.x"), "else");

        String key = setting.get(0);
        assertThat(here.check(mise) + here.apply(mise))
            .containsIgnoringCase("/.git/config sets " + key + "; remove that, or set trust: true");

        Files.writeString(copy.resolve("one.x"), "one");
        Files.writeString(
            copy.resolve(".git/config"),
            Files.readString(copy.resolve(".git/config"))
                .replaceAll("(?s)\\[(filter|gpg|credential|url|diff|include).*", ""));
        attack.sh("git -C copy config --unset '" + key + "' || :");
      }
      assertThat(payload).doesNotExist();
      assertThat(here.check(mise)).contains("commit should be");
    }
  }

  @Test
  void entersNoRepositoryThatIsElsewhere() throws Exception {
    Path copy = cloned("linked copy");
    Files.move(copy.resolve(".git"), base.resolve("linked.git"));
    Files.createSymbolicLink(copy.resolve(".git"), base.resolve("linked.git"));

    try (ConnectedHost here = ConnectedHost.local()) {
      Mise mise = in(copy).git("file://" + origin).trusted();
      assertThat(here.check(mise)).contains("/.git is a symbolic link; declare a clone");

      Files.delete(copy.resolve(".git"));
      Files.writeString(copy.resolve(".git"), "gitdir: " + base.resolve("linked.git"));
      assertThat(here.check(mise)).contains("exists, but is not a Git working copy");
    }
  }

  @Test
  void namesTheOwnerOfAWorkingCopy() throws Exception {
    Path copy = cloned("own copy");
    attack.sh("chown -R " + attack.user().name() + " 'own copy'");

    try (ConnectedHost here = ConnectedHost.local()) {
      assertThat(here.check(in(copy).git("file://" + origin).trusted()))
          .contains(" can write in " + copy + "; set run_as to its owner");
      attack.sh("chown -R root 'own copy'; chmod g+w 'own copy/.git'");
      assertThat(here.check(in(copy).git("file://" + origin).trusted()))
          .contains("can't tell: group 0 can write in " + copy + "/.git; set run_as to its owner");
    }
  }
}
