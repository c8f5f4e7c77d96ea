package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repositories are compared by their paths. */
@Tag("W07")
class PushedRepositoryTest {

  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/team/infra.git, team/infra",
    "HTTPS://Git.Example.com/Team/Infra, team/infra",
    "https://git.example.com:8443/team/infra/, team/infra",
    "ssh://git@git.example.com:2222/team/infra.git, team/infra",
    "git@git.example.com:team/infra.git, team/infra",
    "git://git.example.com/infra.git/, infra",
    "file:///srv/infra.git, ''",
  })
  void namesTheRepositoryByItsPath(String url, String path) {
    assertThat(PushedRepository.path(url)).isEqualTo(path);
  }

  @Test
  void ignoresNoPushUnlessRepositoriesAreGiven() {
    byte[] other = "{\"ssh_url\":\"git@h:apps/shop.git\"}".getBytes(UTF_8);

    assertThat(PushedRepository.isAnother(other, Set.of())).isFalse();
    assertThat(PushedRepository.isAnother(other, Set.of("team/infra"))).isTrue();
    assertThat(PushedRepository.isAnother(other, Set.of("team/infra", "apps/shop"))).isFalse();
    assertThat(PushedRepository.isAnother(other, Set.of("team/infra", ""))).isFalse();
    assertThat(PushedRepository.isAnother(new byte[0], Set.of("team/infra"))).isFalse();
  }
}
