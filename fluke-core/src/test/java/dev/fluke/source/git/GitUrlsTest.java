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
