package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that are refused, and URLs in messages. */
class GitUrlsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"https://h/x", "HTTPS://h:8443/x.git", "https://[::1]:1/x", "file:///srv/x.git"})
  void acceptsSafeUrls(String url) {
    assertThat(GitUrls.problems(GitOptions.of(url))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/x", "git://h:9418/x"})
  void acceptsInsecureUrlsOnlyIfAllowed(String url) {
    GitOptions options = GitOptions.of(url);

    assertThat(GitUrls.problems(options)).singleElement().asString().contains("call insecure()");
    assertThat(GitUrls.problems(options.with(options.access().allowInsecure()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/x",
        "https://[::ffff:169.254.169.254]/x",
        "https://2852039166/x",
        "https://[fd00:ec2::254]/x",
        "http://[64:ff9b::a9fe:a9fe]/x",
        "git://224.0.0.1/x",
        "ssh://git@169.254.169.254/x",
        "git@169.254.169.254:x",
      })
  void refusesAddressesThatNoRepositoryHas(String url) {
    GitTransport any = place -> null;
    GitOptions plain = GitOptions.of(url);
    GitOptions options = plain.with(plain.access().allowInsecure());
    GitOptions ssh = options.with(options.access().transport(any));

    assertThat(GitUrls.problems(GitSshUrl.isOne(url) ? ssh : options))
        .singleElement()
        .asString()
        .contains("is a link-local, multicast or metadata address; no repository has one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://ann:canary@h/x",
        "https://ann@h/x",
        "https://:canary@h/x",
        "https://@h/x",
        "http://ann:canary@h/x",
        "git://ann@h/x",
        "ssh://ann:canary@h/x",
        "ssh://:canary@h/x",
        "ann:canary@h:x",
        "file://ann:canary@h/x",
      })
  void refusesPasswordsInUrlsWithoutShowingThem(String url) {
    GitOptions plain = GitOptions.of(url);
    GitOptions options = plain.with(plain.access().allowInsecure());

    assertThat(GitUrls.problems(options)).isNotEmpty().noneMatch(why -> why.contains("canary"));
    assertThat(GitSource.at(url).toString()).doesNotContain("canary");
  }

  @Test
  void refusesFastForwardOnlyForOneCommit() {
    GitOptions plain = GitOptions.of("https://h/x").with(GitRef.commit("0".repeat(40)));

    assertThat(GitUrls.problems(plain.with(plain.trust().onlyFastForward())))
        .containsExactly("stays at one commit, so fastForwardOnly() has no effect");
  }

  @Test
  void reportsEveryProblemInOrder() {
    GitOptions plain = GitOptions.of("ftp://h/x");
    GitCredentials two = new GitCredentials(Optional.of("a:b"), Secret.of("canary"));
    GitOptions options =
        plain
            .with(GitRef.branch("a..b"))
            .with(plain.access().credentials(two))
            .with(plain.timing().limits(new FetchLimits(Duration.ZERO, Duration.ZERO)));

    assertThat(GitUrls.problems(options))
        .satisfiesExactly(
            url -> assertThat(url).contains("'ftp'"),
            user -> assertThat(user).contains("':'"),
            limits -> assertThat(limits).contains("limits"),
            ref -> assertThat(ref).contains("branch 'a..b'"));
  }
}
