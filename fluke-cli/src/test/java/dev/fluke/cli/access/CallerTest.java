package dev.fluke.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Selector;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerTest {

  @Test
  void mayDoAllIfUnrestricted() {
    Caller ann = Caller.unrestricted("ann");

    assertThat(ann.isRestricted()).isFalse();
    assertThat(Right.all()).allMatch(ann::may);
    assertThat(ann.knows("db-01", Map.of())).isTrue();
  }

  @Test
  void mayDoNothingIfNobody() {
    assertThat(Right.all()).noneMatch(Caller.nobody()::may);
    assertThat(Caller.nobody().isRestricted()).isTrue();
    assertThat(Caller.nobody().knows("a", Map.of())).isFalse();
    assertThat(Caller.nobody().knows("a", Map.of("any", "1"))).isFalse();
  }

  @Test
  void knowsTheAgentsOfItsSelector() {
    Caller web = new Caller("web", Set.of(Right.READ), Selector.label("role").is("web"));

    assertThat(web.isRestricted()).isTrue();
    assertThat(web.may(Right.READ)).isTrue();
    assertThat(web.may(Right.PLAN)).isFalse();
    assertThat(web.knows("web-01", Map.of("role", "web"))).isTrue();
    assertThat(web.knows("db-01", Map.of("role", "db"))).isFalse();
  }
}
