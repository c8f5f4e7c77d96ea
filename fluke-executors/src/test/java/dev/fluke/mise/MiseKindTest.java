package dev.fluke.mise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Mask;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Field;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.onhost.StepInYaml;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kind {@code mise} in YAML means what {@link Mise} means in Java. */
class MiseKindTest {
  private static final StepInYaml YAML = StepInYaml.of("mise");
  private static final String URL = "https://git.example.com/app.git";

  static Stream<Arguments> declarations() {
    Mise plain = Mise.in("/opt/app");
    return Stream.of(
        Arguments.of("", plain),
        Arguments.of("check_task: check\napply_task: apply\ntrust: false", plain),
        Arguments.of("check_task: a b\napply_task: c:d", plain.checkTask("a b").applyTask("c:d")),
        Arguments.of("git: { url: '" + URL + "' }", plain.git(URL)),
        Arguments.of(
            "git: { url: '" + URL + "', branch: main, discard_local_changes: false }",
            plain.git(URL)),
        Arguments.of("git: { url: '" + URL + "', branch: 1.10 }", plain.git(URL, "1.10")),
        Arguments.of(
            "git: { url: '" + URL + "', discard_local_changes: true }",
            plain.git(URL).discardLocalChanges()),
        Arguments.of("trust: true\nrun_as: deploy", plain.trusted().runAs("deploy")),
        Arguments.of("env: { A: 1.10, B: '' }", plain.env("A", "1.10").env("B", "")));
  }

  private static Executor read(String lines) throws InvalidManifestException {
    return YAML.read("working_dir: /opt/app\n" + lines);
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void declaresTheSameInJavaAndYaml(String lines, Mise inJava) throws Exception {
    assertThat(read(lines).declaration()).isEqualTo(inJava).hasSameHashCodeAs(inJava);
  }

  @Test
  void coversEveryField() {
    Set<String> covered = new TreeSet<>(Set.of("working_dir"));
    declarations()
        .flatMap(row -> row.get()[0].toString().lines())
        .forEach(line -> covered.add(line.replaceFirst(":.*", "").strip()));

    assertThat(covered).containsAll(new MiseKind().fields().stream().map(Field::name).toList());
    assertThat(declarations().map(row -> row.get()[1]).distinct()).hasSize(7);
  }

  @Tag("Z07")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--upload-pack=touch /tmp/payload",
        "-c",
        "ext::sh -c 'touch /tmp/payload'",
        "ssh://-oProxyCommand=touch/x",
        "-oProxyCommand=x:y",
        "http://git.example.com/app.git",
        "git://git.example.com/app.git",
        "https://user:canary@git.example.com/app.git",
        "https://canary@git.example.com/app.git",
        "https://git.example.com/app.git?private_token=canary",
        "user:canary@git.example.com:app.git",
        "file://host/app.git",
        "/srv/app.git",
        "../app.git",
        "host:-x",
        ""
      })
  void rejectsInvalidAndUnsafeUrls(String url) {
    assertThatThrownBy(() -> Mise.in("/opt/app").git(url))
        .hasMessageStartingWith("git url is '")
        .hasMessageEndingWith(
            "', must be https://, ssh://, user@host:path or file:///, without a user, password or query for https: all users of the host could read it")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> read("git: { url: \"" + url + "\" }"))
        .isInstanceOf(InvalidManifestException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com:8443/a/b.git",
        "ssh://git@git.example.com:22/app.git",
        "git@git.example.com:team/app.git",
        "file:///srv/git/app.git"
      })
  void acceptsCommonUrls(String url) {
    assertThat(Mise.in("/opt/app").git(url))
        .hasToString("mise check and apply in /opt/app from branch main of " + Mask.url(url));
  }

  @Tag("Z07")
  @ParameterizedTest
  @ValueSource(strings = {"../../etc", "~", "~/app", "$HOME", "app", "/opt/../etc", "/opt/.."})
  void rejectsInvalidDirectories(String directory) {
    assertThatThrownBy(() -> Mise.in(directory))
        .hasMessage(
            "working_dir is '"
                + directory
                + "', must be an absolute path without '..', such as /opt/app");
    assertThatThrownBy(() -> YAML.read("working_dir: " + directory))
        .isInstanceOf(InvalidManifestException.class)
        .hasMessageContaining("must be an absolute path");
  }

  @Tag("Z07")
  @ParameterizedTest
  @ValueSource(strings = {"--upload-pack=x", "-x", "a..b", "x.lock", "a b", "refs/heads/../x", ""})
  void rejectsInvalidBranches(String branch) {
    assertThatThrownBy(() -> Mise.in("/opt/app").git(URL, branch))
        .hasMessage("git branch is '" + branch + "', which is not a valid branch name");
  }

  @Test
  void rejectsTaskNamesThatLookLikeOptions() {
    assertThatThrownBy(() -> Mise.in("/opt/app").checkTask("--cd=/"))
        .hasMessage("task is '--cd=/', which is not the name of a mise task");
    assertThatThrownBy(() -> Mise.in("/opt/app").discardLocalChanges())
        .hasMessage("discard_local_changes has no effect without git");
  }

  @Test
  void keepsEveryOptionWhenTheOthersAreSet() {
    Mise plain = Mise.in("/opt/app");
    Mise whole =
        plain
            .checkTask("c")
            .applyTask("a")
            .git(URL, "next")
            .discardLocalChanges()
            .trusted()
            .env("A", "1")
            .runAs("deploy");

    assertThat(
            plain
                .runAs("deploy")
                .env("A", "1")
                .trusted()
                .git(URL, "next")
                .discardLocalChanges()
                .applyTask("a")
                .checkTask("c"))
        .isEqualTo(whole)
        .hasToString("mise c and a in /opt/app from branch next of " + URL);
    assertThat(whole.checkCommands().get(0).script().orElseThrow())
        .startsWith(
            """
            dir='/opt/app'
            task='c'
            trust=yes
            url='https://git.example.com/app.git'
            branch='next'
            discard=yes
            """);
    assertThat(whole.checkCommands().get(0).runAs()).contains("deploy");
    assertThat(whole.checkCommands().get(0).revealEnv()).containsEntry("A", "1");
  }
}
