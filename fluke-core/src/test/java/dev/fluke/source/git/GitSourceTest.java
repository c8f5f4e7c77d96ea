package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.text.Glob;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a Git source is refused before anything is dialled. */
class GitSourceTest {

  @Tag("G13")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "--upload-pack=touch /tmp/x => is not a valid URL",
        "--upload-pack=touch => has no scheme",
        "-oProxyCommand=touch => has no scheme",
        "ext::sh -c touch => is not a valid URL",
        "ext::sh => has the unsupported scheme 'ext'; use https, ssh or file",
        "ssh://-oX/ => has no host",
        "https://-oX/ => has no host",
        "https:///x => has no host",
        "ftp://example.com/x => has the unsupported scheme 'ftp'",
        "/srv/infra.git => has no scheme; use https://, ssh:// or file://",
        "http://example.com/x => call insecure()",
        "git://example.com/x => call insecure()",
        "ssh://git@example.com/x => needs the module dev.fluke:fluke-transport-ssh",
        "git@example.com:x => needs the module dev.fluke:fluke-transport-ssh",
        "https://ann:canary@example.com/x => has credentials in its URL",
        "https://example.com/x?private_token=canary => has a '?' or a '#', which the URL of a repository can't have",
        "https://example.com:99999/x => has the port 99999; ports are from 1 to 65535",
        "file://srv/infra.git => has a host; the URL of a local path begins with file:///",
      })
  void aUrlThatIsNoneOrNotSafe(String url, String problem) {
    assertThatThrownBy(() -> Reconciler.builder().source(GitSource.at(url)).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("canary");
  }

  @Tag("G13")
  @ParameterizedTest
  @CsvSource({
    "--upload-pack=x",
    "-x",
    "a..b",
    "x.lock",
    "../../x",
    "refs/../../x",
    "a b",
    "a~1",
    "'a\u0001'",
  })
  void aBranchOrTagThatGitWouldNotAllow(String name) {
    GitSource git = GitSource.at("https://example.com/x");

    assertThat(git.branch(name).problems())
        .singleElement()
        .asString()
        .endsWith("is not a name that Git allows");
    assertThat(git.tag(name).problems()).hasSize(1);
    assertThat(git.commit(name).problems())
        .singleElement()
        .asString()
        .endsWith("must be the whole id, 40 hexadecimal digits");
  }

  @Test
  void timesThatAreNoneAndAUserThatIsTwoAreRefused() {
    GitSource git = GitSource.at("https://example.com/x");

    assertThatThrownBy(() -> Reconciler.builder().source(git.every(Duration.ZERO)).build())
        .hasMessageStartingWith(
            "reconciler: source https://example.com/x branch 'main': its interval is PT0S, must be"
                + " more than zero");
    assertThat(git.limits(Duration.ZERO, Duration.ofSeconds(-1)).problems())
        .containsExactly("its limits are PT0S and PT-1S, must be more than zero");
    assertThat(git.basicAuth("a:b", Secret.of("canary-password")).problems())
        .containsExactly("the user name of its credentials has a ':', which ends a user name");
  }

  @Test
  void everyProblemIsSaidAtOnce() {
    assertThat(GitSource.at("ftp://x/y").branch("a..b").problems()).hasSize(2);
  }

  @Test
  void isNamedWithoutItsCredentials() {
    assertThat(GitSource.at("https://ann:canary@example.com/x").branch("stable"))
        .hasToString("https://…@example.com/x branch 'stable'");
    assertThat(GitSource.at("https://example.com/x").tag("v1"))
        .hasToString("https://example.com/x tag 'v1'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "**/*.fluke.{yaml,yml} | web.fluke.yaml | true",
        "**/*.fluke.{yaml,yml} | a/b/web.fluke.yml | true",
        "**/*.fluke.{yaml,yml} | web.fluke.yaml.bak | false",
        "**/*.fluke.{yaml,yml} | webXflukeXyaml | false",
        "*.yaml | a/x.yaml | false",
        "a/** | a/b/c | true",
        "a?c | abc | true",
        "a?c | a/c | false",
        "a[1] | a[1] | true",
      })
  void aGlobMeansWhatPeopleMean(String glob, String path, boolean matches) {
    assertThat(Glob.of(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void aGlobWithAnOpenBraceIsRefused() {
    assertThatThrownBy(() -> GitSource.at("https://example.com/x").files("{a,b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("glob '{a,b': a '{' has no '}'");
  }
}
