package dev.fluke.systemd;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which verbs an apply runs, on a scripted host. */
class UnitApplyTest {
  private static final String UNIT = "nginx.service";

  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of("role", "web"));

  @AfterEach
  void close() {
    kit.close();
  }

  private CycleReport cycle(Executor unit) {
    return kit.cycle(Task.named("t").on(everyAgent()).step("s", unit).build());
  }

  private String message(Executor unit, Outcome outcome) {
    CycleReport report = cycle(unit);
    assertThat(report.task("t").on("web-01").outcome()).isEqualTo(outcome);
    return report.task("t").on("web-01").steps().get(0).message();
  }

  @Tag("R27")
  @Test
  void runsOnlyNeededVerbs() {
    web.unit(UNIT).stopped().disabled();
    cycle(Systemd.unit(UNIT));
    cycle(Systemd.unit(UNIT));
    assertThat(changes())
        .containsExactly("systemctl enable nginx.service", "systemctl start nginx.service");

    cycle(Systemd.unit(UNIT).stopped().disabled());
    assertThat(changes().subList(2, 4))
        .containsExactly("systemctl disable nginx.service", "systemctl stop nginx.service");

    cycle(Systemd.unit(UNIT).masked());
    assertThat(changes().subList(4, 5)).containsExactly("systemctl mask nginx.service");

    cycle(Systemd.unit(UNIT));
    assertThat(changes().subList(5, 8))
        .containsExactly(
            "systemctl unmask nginx.service",
            "systemctl enable nginx.service",
            "systemctl start nginx.service");
  }

  private List<String> changes() {
    return web.acted().stream().filter(text -> text.startsWith("systemctl")).toList();
  }

  @Test
  void leavesUnmanagedAspectsAlone() {
    web.unit(UNIT).stopped().disabled();

    cycle(Systemd.unit(UNIT).enabledUnmanaged());
    assertThat(web.unit(UNIT).isRunning()).isTrue();
    assertThat(web.unit(UNIT).isEnabled()).isFalse();

    web.unit(UNIT).stopped();
    cycle(Systemd.unit(UNIT).stateUnmanaged());
    assertThat(web.unit(UNIT).isRunning()).isFalse();
    assertThat(web.unit(UNIT).isEnabled()).isTrue();
  }

  @Tag("X07")
  @Test
  void resetsStartsAndWatchesAFailedUnit() {
    web.unit(UNIT).failed();
    assertThat(cycle(Systemd.unit(UNIT)).task("t").on("web-01")).isRemediated();
    assertThat(changes())
        .containsExactly("systemctl reset-failed nginx.service", "systemctl start nginx.service");
  }

  @Tag("X07")
  @Test
  void failsOnceForAMissingUnit() {
    web.unit(UNIT).missing();

    assertThat(message(Systemd.unit(UNIT), Outcome.FAILED))
        .isEqualTo(
            "no unit nginx.service on this host; install the package that has it, or correct the name");
    cycle(Systemd.unit(UNIT));
    assertThat(changes()).containsExactly("systemctl daemon-reload");
  }

  @Test
  void takesAMissingUnitForStoppedAndDisabled() {
    web.unit(UNIT).missing();

    for (Systemd off : List.of(Systemd.unit(UNIT).stopped(), Systemd.unit(UNIT).stateUnmanaged())) {
      assertThat(cycle(off.disabled()).task("t").on("web-01").outcome()).isEqualTo(Outcome.IN_SYNC);
    }
    assertThat(cycle(Systemd.unit(UNIT).stopped()).task("t").on("web-01").outcome())
        .isEqualTo(Outcome.FAILED);
  }

  @Tag("X07")
  @Test
  void changesNothingWhenAStaticUnitMustBeEnabled() {
    web.unit(UNIT).stopped().isStatic();

    assertThat(message(Systemd.unit(UNIT), Outcome.FAILED))
        .isEqualTo(
            "nginx.service can't be enabled: it is static, its file has no [Install] section; other"
                + " units start it; or set enabled: unmanaged");
    assertThat(changes()).isEmpty();
    assertThat(cycle(Systemd.unit(UNIT).disabled()).task("t").on("web-01")).isRemediated();
  }

  @Test
  void putsTheMaskInPlaceBeforeTheStop() {
    web.unit(UNIT);

    cycle(Systemd.unit(UNIT).masked());

    assertThat(changes())
        .containsExactly(
            "systemctl mask --no-reload nginx.service",
            "systemctl stop nginx.service",
            "systemctl daemon-reload");
  }

  @Test
  void putsTheMaskBackIfTheUnitCannotBeAsDeclared() {
    web.unit(UNIT).stopped().masked();
    web.answer(
        "systemctl unmask nginx.service",
        command -> {
          web.unit(UNIT).isStatic();
          return CommandResult.exited(0);
        });

    assertThat(message(Systemd.unit(UNIT), Outcome.FAILED)).contains("it is static");
    assertThat(changes())
        .containsExactly("systemctl unmask nginx.service", "systemctl mask nginx.service");
  }

  @Tag("X07")
  @Test
  void keepsAMaskWhenBootIsUnmanaged() {
    web.unit(UNIT).stopped().masked();

    assertThat(message(Systemd.unit(UNIT).enabledUnmanaged(), Outcome.FAILED))
        .isEqualTo(
            "nginx.service can't be started: it is masked, and enabled is unmanaged; set enabled:"
                + " true or false, or run systemctl unmask nginx.service");
    assertThat(cycle(Systemd.unit(UNIT).stopped().disabled()).task("t").on("web-01").outcome())
        .isEqualTo(Outcome.IN_SYNC);
  }

  @Tag("X07")
  @Test
  void waitsForAStartingUnitUnlessItMustStop() {
    web.unit(UNIT).activating();

    assertThat(message(Systemd.unit(UNIT), Outcome.UNKNOWN))
        .isEqualTo(
            "can't tell: nginx.service is activating (start), neither running nor stopped; the"
                + " next cycle checks it again");
    assertThat(changes()).isEmpty();
    assertThat(cycle(Systemd.unit(UNIT).stopped()).task("t").on("web-01")).isRemediated();
  }
}
