package dev.fluke.mise;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.onhost.OneStep;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a working copy takes from others, and what it never takes away. */
@Tag("slow")
class MiseGitDataTest {
  private static final String TASKS =
      "[tasks.check]\nrun = 'test -e ../applied'\n[tasks.apply]\nrun = 'touch ../applied'\n";

  @TempDir Path temp;
  private MiseOnHost host;
  private Path origin;
  private Path dir;

  @BeforeEach
  void prepare() throws Exception {
    host = MiseOnHost.in(temp);
    origin = Files.createDirectory(temp.resolve("origin"));
    dir = temp.resolve("it's an app");
    host.git(origin, "init", "-q");
    write(origin, Map.of("mise.toml", TASKS, ".gitignore", "/env\n/cache\n", "a", "1", "b", "1"));
    host.git(origin, "add", "--all");
    host.commit(origin, "d/x", "1");
  }

  private static void write(Path into, Map<String, String> files) throws Exception {
    for (Map.Entry<String, String> each : files.entrySet()) {
      Path file = into.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
    Files.createDirectories(into.resolve("d"));
  }

  private Mise tasks() {
    return host.with(Mise.in(dir.toString()).git("file://" + origin).trusted());
  }

  private void cloned() throws Exception {
    host.git(temp, "clone", "-q", "file://" + origin, dir.toString());
  }

  private void commitAll(Map<String, String> files) throws Exception {
    write(origin, files);
    host.git(origin, "add", "--all", "--force");
    host.git(origin, "commit", "-qm", "more");
  }

  private void settings(String text) throws Exception {
    Path file = host.home().resolve(".gitconfig");
    Files.writeString(file, Files.readString(file) + text);
  }

  private static String unknown(Mise mise) {
    PlannedStep step = OneStep.of(mise).check();
    assertThat(step.verdict()).as(step.toString()).isEqualTo(Verdict.UNKNOWN);
    return step.message();
  }

  private String state() throws Exception {
    String files =
        host.run(dir, "sh", "-c", "find . -path ./.git -prune -o -type f -exec cksum {} + | sort");
    return files
        + host.git(dir, "status", "--short", "--ignored")
        + host.git(dir, "rev-parse", "HEAD");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keepsWhatGitDoesNotTrack(boolean discard) throws Exception {
    Mise mise = discard ? tasks().discardLocalChanges() : tasks();
    List<Map<String, String>> ours =
        List.of(
            Map.of("env", "SECRET=mine"),
            Map.of("local.conf", "precious"),
            Map.of("cache/deep/file", "precious"),
            Map.of("d/untracked", "precious"));
    cloned();
    host.git(origin, "rm", "-rq", "d");
    Files.deleteIfExists(origin.resolve("d"));
    write(origin, Map.of("env", "example", "local.conf", "upstream", "cache", "a file", "a", "2"));
    Files.deleteIfExists(origin.resolve("d"));
    Files.writeString(origin.resolve("d"), "a file");
    host.git(origin, "add", "--all", "--force");
    host.git(origin, "commit", "-qm", "all of them");
    for (Map<String, String> each : ours) {
      write(dir, each);
      String before = state();

      assertThat(OneStep.of(mise).cycle())
          .isFailed()
          .hasMessageContaining("Git refused to move to");

      assertThat(state()).isEqualTo(before);
      host.run(dir, "rm", "-r", each.keySet().iterator().next().replaceFirst("/deep.*", ""));
    }
    if (discard) {
      Files.delete(dir.resolve("b"));
      write(dir, Map.of("b/untracked", "precious", "a", "changed by hand"));
      String before = state();
      assertThat(OneStep.of(mise).cycle()).isFailed();
      assertThat(state()).isEqualTo(before);
      host.run(dir, "rm", "-r", "b");
    }
    assertThat(dir.resolve(".git")).isDirectoryNotContaining("glob:**{fluke-*,index.lock}");

    assertThat(OneStep.of(mise).cycle()).isApplied();
    assertThat(dir.resolve("d")).hasContent("a file");
    assertThat(host.git(dir, "status", "--short")).isEmpty();
  }

  @Test
  void namesALockAndLeavesItAlone() throws Exception {
    cloned();
    commitAll(Map.of("a", "2"));
    Path lock = Files.createFile(dir.resolve(".git/index.lock"));

    assertThat(OneStep.of(tasks()).cycle())
        .isFailed()
        .hasMessageContaining("if none runs, remove .git/index.lock");

    assertThat(lock).exists();
    assertThat(dir.resolve("a")).hasContent("1");
  }

  @Test
  void comparesNamesOfRefsWhole() throws Exception {
    host.git(origin, "update-ref", "refs/backup/refs/heads/main", "HEAD");
    host.git(origin, "branch", "a/refs/heads/main");
    commitAll(Map.of("a", "2"));
    host.git(origin, "tag", "main", "HEAD^");

    assertThat(OneStep.of(tasks()).cycle()).isApplied();

    assertThat(dir.resolve("a")).hasContent("2");
    Mise other = host.with(Mise.in(dir + "2").git("file://" + origin, "heads/main").trusted());
    assertThat(unknown(other)).isEqualTo("there is no branch heads/main of file://" + origin);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesNoContentOrProgramFromTheHost(boolean oldGit) throws Exception {
    commitAll(Map.of(".gitattributes", "*.x filter=x\n", "a.x", "one\n", "a.txt", "one\n"));
    Path payload = temp.resolve("payload");
    Path template = temp.resolve("template");
    write(template, Map.of("info/attributes", "*.txt eol=crlf\n"));
    write(temp, Map.of("attributes", "*.txt eol=crlf\n"));
    settings(
        "[core]\n  autocrlf = true\n  eol = crlf\n  attributesFile = %1$s/attributes\n"
                .formatted(temp)
            + "  fsmonitor = touch %s;\n  hooksPath = %s\n".formatted(payload, template)
            + "[filter \"x\"]\n  smudge = touch %1$s; cat\n  clean = touch %1$s; tr o u\n"
                .formatted(payload)
            + "[init]\n  templateDir = %s\n[clone]\n  defaultRemoteName = x\n".formatted(template)
            + "[uploadpack]\n  packObjectsHook = touch %s; git\n".formatted(payload));
    Mise mise = tasks();
    if (oldGit) {
      write(
          temp,
          Map.of(
              "bin/git",
              """
              #!/bin/sh
              unset GIT_CONFIG_GLOBAL
              case $* in version) echo git version 2.30.2 ;; *) exec /usr/bin/git "$@" ;; esac
              """));
      assertThat(temp.resolve("bin/git").toFile().setExecutable(true)).isTrue();
      mise =
          mise.env(
              "PATH", temp.resolve("bin") + ":" + MiseOnHost.mise().getParent() + ":/usr/bin:/bin");
    }

    assertThat(OneStep.of(mise).cycle()).isApplied();
    Files.writeString(origin.resolve("a.txt"), "two\n");
    Files.writeString(origin.resolve("a.x"), "two\n");
    String commit = "git -c user.name=t -c user.email=t@t commit -qam two";
    host.run(origin, "sh", "-c", "GIT_CONFIG_GLOBAL=/dev/null " + commit);
    Files.deleteIfExists(payload);
    assertThat(OneStep.of(mise).cycle()).isApplied();

    assertThat(Files.readString(dir.resolve("a.txt"))).isEqualTo("two\n");
    assertThat(Files.readString(dir.resolve("a.x"))).isEqualTo("two\n");
    assertThat(OneStep.of(mise).check().verdict()).isEqualTo(Verdict.IN_SYNC);
    assertThat(payload).doesNotExist();
  }

  @Test
  void followsMirrorsOfTheHostToNoProgram() throws Exception {
    settings("[url \"file://%s\"]\n  insteadOf = https://m.test/x\n".formatted(origin));
    write(temp, Map.of("server", "#!/bin/sh\ntouch %s/payload\n".formatted(temp)));
    assertThat(temp.resolve("server").toFile().setExecutable(true)).isTrue();
    settings("[url \"ext::%s/server#\"]\n  insteadOf = https://e.test/\n".formatted(temp));
    settings("[url \"https://me:canary@127.0.0.1:1/\"]\n  insteadOf = https://l.test/\n");
    Mise in = host.with(Mise.in(dir.toString()).trusted());

    assertThat(unknown(in.git("https://e.test/x"))).contains("'ext' not allowed");
    assertThat(unknown(in.git("https://l.test/x"))).doesNotContain("canary");
    assertThat(OneStep.of(in.git("https://m.test/x")).cycle()).isApplied();

    assertThat(OneStep.of(in.git("https://m.test/x")).check().verdict()).isEqualTo(Verdict.IN_SYNC);
    assertThat(temp.resolve("payload")).doesNotExist();
    assertThat(dir.resolve(".git/hooks")).doesNotExist();
  }

  @Test
  void takesProxiesAndOwnersFromTheHost() throws Exception {
    settings("[http]\n  proxy = http://user:it's-secret@127.0.0.1:1\n");
    assertThat(unknown(host.with(Mise.in(dir.toString()).git("https://git.example.test/x.git"))))
        .contains("127.0.0.1 port 1")
        .doesNotContain("secret");

    host.run(temp, "chown", "-R", "nobody", origin.toString());
    assertThat(unknown(tasks())).contains("dubious ownership").doesNotContain("move it away");
    settings("[safe]\n  directory = %1$s/.git\n  directory = %1$s\n".formatted(origin));
    assertThat(OneStep.of(tasks()).cycle()).isApplied();
  }

  @Test
  void namesAttributesThatKeepAFileChanged() throws Exception {
    commitAll(Map.of("w.txt", "one\r\n"));
    commitAll(Map.of(".gitattributes", "*.txt text eol=crlf\n"));
    host.git(origin, "rm", "-q", "--cached", "w.txt");
    String blob = host.run(origin, "git", "hash-object", "-w", "--no-filters", "w.txt");
    host.git(origin, "update-index", "--add", "--cacheinfo", "100644," + blob + ",w.txt");
    host.git(origin, "commit", "-qm", "crlf", "--allow-empty");
    cloned();
    Files.setLastModifiedTime(dir.resolve("w.txt"), FileTime.fromMillis(1));

    assertThat(OneStep.of(tasks()).check().differences())
        .singleElement()
        .asString()
        .contains("M w.txt; with the attributes w.txt: text: set, w.txt: eol: crlf");
  }

  @Test
  void namesWhatIsInLfsOrASubmodule() throws Exception {
    commitAll(Map.of("mise.toml", TASKS.replace("test -e ../applied", "false")));
    host.git(
        origin,
        "update-index",
        "--add",
        "--cacheinfo",
        "160000,1111111111111111111111111111111111111111,lib");
    write(
        origin,
        Map.of(".gitmodules", "[submodule \"lib\"]\n  path = lib\n  url = https://x.test/\n"));
    host.git(origin, "add", ".gitmodules");
    host.git(origin, "commit", "-qm", "module");
    OneStep.of(tasks()).cycle();
    assertThat(OneStep.of(tasks()).check().differences().toString())
        .contains("Fluke does not fetch the submodules lib");

    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n";
    write(origin, Map.of("big/a b.bin", pointer, ".gitattributes", "*.bin filter=lfs -text\n"));
    host.git(origin, "add", "big", ".gitattributes");
    host.git(origin, "commit", "-qm", "lfs");
    String before = state();
    String inLfs = "big/a b.bin of the branch is stored in Git LFS, which Fluke does not fetch";
    assertThat(OneStep.of(tasks()).cycle()).isFailed().hasMessageContaining(inLfs);
    assertThat(state()).isEqualTo(before);
    Mise anew = host.with(Mise.in(dir + "2").git("file://" + origin).trusted());
    assertThat(OneStep.of(anew).cycle()).isFailed().hasMessageContaining(inLfs);
    assertThat(Path.of(dir + "2")).doesNotExist();

    host.git(dir, "pull", "-q");
    assertThat(unknown(tasks())).isEqualTo(inLfs);
    host.git(dir, "config", "filter.lfs.process", "git-lfs-missing filter-process");
    host.git(dir, "config", "filter.lfs.required", "true");
    Files.writeString(dir.resolve("big/a b.bin"), pointer.replace("size 1", "size 2"));
    assertThat(unknown(tasks()))
        .startsWith("git can't read the working copy " + dir)
        .contains("git-lfs-missing")
        .doesNotContain("move it away");
  }
}
