package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of repositories behind SSH, and the way to them, without the module that knows SSH. */
class GitSshTest {

  @ParameterizedTest
  @ValueSource(strings = {"git@git.example.com:infra.git", "ssh://git.example.com/srv/infra.git"})
  void withoutAWayTheModuleToAddIsNamed(String url) {
    assertThatThrownBy(() -> Reconciler.builder().source(GitSource.at(url)).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "source %s branch 'main': Git over SSH needs the module"
                + " dev.fluke:fluke-transport-ssh, which is not on the class path",
            url);
  }

  /** Remembers where it was to lead, and leads nowhere. */
  private static final class Nowhere implements GitTransport {
    final List<Place> places = new ArrayList<>();

    @Override
    public Route routeTo(Place place) {
      places.add(place);
      return new Route() {
        @Override
        public Pipe run(String command, Scheduler scheduler) {
          throw new IllegalStateException(command);
        }

        @Override
        public String masked(String text) {
          return text;
        }
      };
    }
  }

  @Tag("G13")
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '"',
      value = {
        "ssh://-oProxyCommand=touch/x => has no host",
        "ssh://-oX/ => has no host",
        "git@-oX:x => '-oX' is not a valid host",
        "-oX@git.example.com:x => '-oX' is not a valid user",
        "ssh://-l@git.example.com/x => '-l' is not a valid user",
        "ssh://$(id)@git.example.com/x => '$(id)' is not a valid user",
        "ssh://git.example.com;id/x => has no host",
        "git@git.example.com;id:x => 'git.example.com;id' is not a valid host",
        "git@git.example.com:--upload-pack=touch => '--upload-pack=touch' is not a valid path",
        "git@git.example.com::sh -c touch => ':sh -c touch' is not a valid path",
        "ssh://git.example.com/a%0ab => '/a\\nb' is not a valid path",
        "ssh://git.example.com/%00 => '/\\u0000' is not a valid path",
        "ssh://git.example.com => has no path",
        "ssh:///x => has no host",
        "@:x => has no host",
        "ssh://git.example.com:0/x => port 0 is out of range",
        "ssh://git.example.com:65536/x => port 65536 is out of range",
        "ssh://git.example.com/x?y => has a '?' or '#'; in a path they are %3F and %23",
        "ssh://git.example.com/a b => is not a valid URL: Illegal character in path",
        "ssh://git:canary@git.example.com/x => has a password in its URL",
        "ssh://git:can/ary@git.example.com/x => has no host",
        "git:canary@git.example.com:x => is not an SSH URL, so over(..) has no effect",
      })
  void whatCouldBeTakenForAnOptionIsRefusedBeforeAnythingIsDialled(String url, String problem) {
    Nowhere way = new Nowhere();

    assertThatThrownBy(() -> Reconciler.builder().source(GitSource.at(url).over(way)).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(problem)
        .hasMessageNotContainingAny("canary", "ary@");
    assertThat(way.places).isEmpty();
  }

  @Test
  void whatIsOfNoUseIsSaid() {
    Nowhere way = new Nowhere();

    assertThat(GitSource.at("https://git.example.com/x").over(way).problems())
        .containsExactly("is not an SSH URL, so over(..) has no effect");
    assertThat(
            GitSource.at("git@git.example.com:x").over(way).token(Secret.of("canary")).problems())
        .containsExactly(
            "basicAuth(..) and token(..) have no effect over SSH; set the credentials with over(..)");
  }
}
