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
        "ssh://-oProxyCommand=touch/x => names no host",
        "ssh://-oX/ => names no host",
        "git@-oX:x => '-oX' is no host",
        "-oX@git.example.com:x => '-oX' is no user",
        "ssh://-l@git.example.com/x => '-l' is no user",
        "ssh://$(id)@git.example.com/x => '$(id)' is no user",
        "ssh://git.example.com;id/x => names no host",
        "git@git.example.com;id:x => 'git.example.com;id' is no host",
        "git@git.example.com:--upload-pack=touch => '--upload-pack=touch' is no path",
        "git@git.example.com::sh -c touch => ':sh -c touch' is no path",
        "ssh://git.example.com/a%0ab => '/a\\nb' is no path",
        "ssh://git.example.com/%00 => '/\\u0000' is no path",
        "ssh://git.example.com => names no path",
        "ssh:///x => names no host",
        "@:x => names no host",
        "ssh://git.example.com:0/x => port 0 is none",
        "ssh://git.example.com:65536/x => port 65536 is none",
        "ssh://git.example.com/x?y => has a '?' or '#'; in a path they are %3F and %23",
        "ssh://git.example.com/a b => is no URL: Illegal character in path",
        "ssh://git:canary@git.example.com/x => has a password in its URL",
        "ssh://git:can/ary@git.example.com/x => names no host",
        "git:canary@git.example.com:x => is no URL over SSH, so over(..) is of no use",
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
        .containsExactly("is no URL over SSH, so over(..) is of no use");
    assertThat(
            GitSource.at("git@git.example.com:x").over(way).token(Secret.of("canary")).problems())
        .containsExactly(
            "basicAuth(..) and token(..) are of no use over SSH; say with what to log in with"
                + " over(..)");
  }
}
