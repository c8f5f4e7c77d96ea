package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of URLs of repositories behind SSH. */
class GitSshUrlTest {

  @ParameterizedTest
  @CsvSource({
    "git@git.example.com:infra.git, git, git.example.com, , infra.git",
    "git@git.example.com:/srv/a b.git, git, git.example.com, , /srv/a b.git",
    "git@git.example.com:~ann/x, git, git.example.com, , ~ann/x",
    "ssh://git.example.com/srv/x, , git.example.com, , /srv/x",
    "SSH://ann@git.example.com:2222/a%20b, ann, git.example.com, 2222, /a b",
    "ssh://ann@[::1]:22/~/x, ann, ::1, 22, ~/x",
    "ssh://[2001:db8::ffff:1.2.3.4]/x, , 2001:db8::ffff:1.2.3.4, , /x",
    "git@192.0.2.7:x, git, 192.0.2.7, , x",
  })
  void parsesTheUrl(String url, String user, String host, Integer port, String path) {
    GitSshUrl parsed = GitSshUrl.of(url);

    assertThat(parsed.place().host()).isEqualTo(host);
    assertThat(parsed.place().user().orElse(null)).isEqualTo(user);
    assertThat(parsed.place().port().stream().boxed()).containsExactlyElementsOf(listOf(port));
    assertThat(parsed.path()).isEqualTo(path);
    assertThat(GitSource.at(url))
        .hasToString(url.replaceFirst("//ann@", "//…@") + " branch 'main'");
  }

  private static List<Integer> listOf(Integer port) {
    return port == null ? List.of() : List.of(port);
  }

  @Tag("G13")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssh://[fe80::1%eth0]/x",
        "ssh://[fe80::1%1]/x",
        "git@-x:y",
        "git@:x",
        "ssh://h:65536/x",
        "ssh://h/",
        "git@h:-x",
      })
  void refusesUnsafeParts(String url) {
    assertThatThrownBy(() -> GitSshUrl.of(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ssh://h/x, true",
    "SSH:nonsense, true",
    "git@h:x, true",
    "@:, true",
    "https://h/x, false",
    "git:canary@h:x, false",
    "h:x, false",
  })
  void knowsWhichUrlsAreMeantForSsh(String url, boolean meant) {
    assertThat(GitSshUrl.isOne(url)).isEqualTo(meant);
  }
}
