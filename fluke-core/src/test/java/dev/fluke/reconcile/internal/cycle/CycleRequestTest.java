package dev.fluke.reconcile.internal.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.reconcile.internal.cycle.CycleRequest.Kind;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a cycle is for. */
class CycleRequestTest {
  private static final ManualRun RUN = ManualRun.of(Scope.task("nginx"));

  @ParameterizedTest
  @CsvSource({"AUTOMATIC,true,false", "MANUAL,false,false", "PLAN,false,true"})
  void guardsAutomaticCyclesOnly(Kind kind, boolean guarded, boolean plan) {
    CycleRequest request = new CycleRequest(1, kind, Scope.all(), Optional.empty(), "r-1");

    assertThat(request.isGuarded()).isEqualTo(guarded);
    assertThat(request.isPlan()).isEqualTo(plan);
    assertThat(request.isForced()).isFalse();
  }

  @Test
  void isForcedOnlyByARunThatIs() {
    assertThat(manual(RUN).isForced()).isFalse();
    assertThat(manual(RUN.force()).isForced()).isTrue();
  }

  private static CycleRequest manual(ManualRun run) {
    return new CycleRequest(1, Kind.MANUAL, run.scope(), Optional.of(run), "r-1");
  }
}
