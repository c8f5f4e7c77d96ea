package dev.fluke.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A source that may be emptied is the other one in all else. */
class AllowingEmptyTest {
  private static final ManifestSource.Feed FEED = ManifestSource.News.Unchanged::new;

  /** Answers each question otherwise than the defaults do. */
  private static final class Infra implements ManifestSource {
    @Override
    public Feed open(Scheduler scheduler, ManifestReader reader) {
      return FEED;
    }

    @Override
    public List<String> problems() {
      return List.of("has no host");
    }

    @Override
    public Optional<Duration> pollInterval() {
      return Optional.of(Duration.ofSeconds(5));
    }

    @Override
    public String toString() {
      return "infra";
    }
  }

  @Test
  void differsFromTheOtherInNothingElse() {
    ManifestSource source = new AllowingEmpty(new Infra());

    assertThat(source.allowsEmpty()).isTrue();
    try (Scheduler scheduler = Scheduler.system()) {
      assertThat(source.open(scheduler, ManifestReader.of())).isSameAs(FEED);
    }
    assertThat(source.problems()).containsExactly("has no host");
    assertThat(source.pollInterval()).contains(Duration.ofSeconds(5));
    assertThat(source).hasToString("infra");
  }

  @Test
  void comesFromAllowEmpty() {
    assertThat(ManifestSource.of(Manifest.empty()).allowEmpty())
        .isInstanceOf(AllowingEmpty.class)
        .hasToString("code");
  }
}
