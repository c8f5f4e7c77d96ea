package dev.fluke.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {
  @Test
  void findsTheNameThatWasMeant() {
    List<String> known = List.of("nginx", "redis", "rotate");

    assertThat(DidYouMean.nearest("ngnix", known)).contains("nginx");
    assertThat(DidYouMean.nearest("NGINX", known)).contains("nginx");
    assertThat(DidYouMean.nearest("postgres", known)).isEmpty();
    assertThat(DidYouMean.hint("ngnix", known)).isEqualTo("; did you mean 'nginx'?");
    assertThat(DidYouMean.hint("x", List.of("b", "a"))).isEqualTo("; did you mean 'a'?");
    assertThat(DidYouMean.hint("postgres", known)).isEqualTo("; known: nginx, redis, rotate");
    assertThat(DidYouMean.hint("x", List.of())).isEqualTo("; there is none yet");
  }

  @Test
  void listsAllKnownNamesIfFew() {
    List<String> known = List.of("redis", "nginx");

    assertThat(DidYouMean.hintWithAll("ngnix", known))
        .isEqualTo("; did you mean 'nginx'? Known: nginx, redis");
    assertThat(DidYouMean.hintWithAll("postgres", known)).isEqualTo("; known: nginx, redis");
    assertThat(DidYouMean.hintWithAll("ngnix", List.of("nginx")))
        .isEqualTo("; did you mean 'nginx'?");
  }
}
