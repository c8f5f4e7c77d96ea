package dev.fluke.reconcile.internal.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.tests.source.ScriptedSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceDeclarationTest {

  @Test
  void takesWhatTheSourceSays() {
    ScriptedSource source = new ScriptedSource("in\u0007fra").every(Duration.ofMinutes(2));

    SourceDeclaration declared = SourceDeclaration.of(source.allowEmpty());

    assertThat(declared.name()).isEqualTo("in\\u0007fra");
    assertThat(declared.interval()).contains(Duration.ofMinutes(2));
    assertThat(declared.allowsEmpty()).isTrue();
    assertThat(declared.problems()).isEmpty();
  }

  @Test
  void reportsIntervalsThatCanNotBe() {
    assertThat(problems(Duration.ZERO))
        .containsExactly("its interval is PT0S, must be more than zero");
    assertThat(problems(Duration.ofDays(4_000)))
        .containsExactly("its interval is PT96000H, must be at most 3650 days");
  }

  private static List<String> problems(Duration interval) {
    return SourceDeclaration.of(new ScriptedSource("s").every(interval)).problems();
  }

  @Test
  void namesMethodsThatFail() {
    ScriptedSource broken =
        new ScriptedSource("s") {
          @Override
          public boolean allowsEmpty() {
            throw new StackOverflowError();
          }

          @Override
          public String toString() {
            throw new IllegalStateException("who am I");
          }
        };

    SourceDeclaration declared = SourceDeclaration.of(broken);

    assertThat(declared.name()).startsWith(SourceDeclarationTest.class.getName());
    assertThat(declared.problems())
        .containsExactly(
            "its toString() failed: IllegalStateException: who am I",
            "its allowsEmpty() failed: StackOverflowError");
  }
}
