package dev.fluke.systemd;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.CommandResult;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.transport.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Units on scripted hosts: which verbs are run, and what is said. */
class SystemdTest {
  private static final String UNIT = "nginx.service";

  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of("role", "web"));
  private final Task nginx =
      Task.named("nginx").on(label("role").is("web")).step("service", Systemd.unit(UNIT)).build();

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

  @Test
  void healsNginx() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.unit("nginx.service").stopped();

      CycleReport report = kit.cycle(nginx);

      assertThat(report.task("nginx").on("web-01")).isRemediated();
      assertThat(web).ran("systemctl start nginx.service").once();
    }
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
  void quotesSystemctlWhenAStartFailsAndBacksOff() {
    web.unit(UNIT).stopped().startFails("Job for nginx.service failed.");

    assertThat(message(Systemd.unit(UNIT), Outcome.FAILED))
        .isEqualTo(
            "systemctl start ended with status 1: Job for nginx.service failed.; nginx.service is"
                + " failed (exit-code)");
    cycle(Systemd.unit(UNIT));
    assertThat(web).ran("systemctl start nginx.service").once();
  }

  @Tag("rule-19")
  @Test
  void quotesSystemctlWhenTheHostGoesDownAfterAStart() {
    web.unit(UNIT).stopped();
    web.answer(
        "systemctl start nginx.service",
        command -> {
          web.answersNone(
              Systemd.unit(UNIT).checkCommands().get(0).text(),
              Answer.Reason.NOT_BEGUN,
              "no shell for the apply");
          return CommandResult.exited(1).withStderr("Connection reset by peer");
        });

    assertThat(message(Systemd.unit(UNIT), Outcome.FAILED))
        .isEqualTo(
            "systemctl start ended with status 1: Connection reset by peer; and then: no shell for"
                + " the apply");
  }

  @Tag("X07")
  @Test
  void failsOnceForAMissingUnit() {
    web.unit(UNIT).missing();

    assertThat(message(Systemd.unit(UNIT), Outcome.FAILED))
        .isEqualTo(
            "no unit nginx.service on this host; install the package that has it, or correct the name");
    cycle(Systemd.unit(UNIT));
    assertThat(changes()).isEmpty();
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

  @Tag("X08")
  @Test
  void namesTheSudoersLineWhenSudoRefuses() {
    web.unit(UNIT).stopped();
    web.answersNone(
        "systemctl start nginx.service",
        Answer.Reason.NOT_BEGUN,
        "not begun: sudo: a password is required");
    web.answer("id -un", CommandResult.exited(0).withStdout("fluke\n"));

    assertThat(message(Systemd.unit(UNIT), Outcome.FAILED))
        .isEqualTo(
            "not begun: sudo: a password is required; in sudoers: fluke ALL=(root) NOPASSWD:"
                + " /usr/bin/systemctl start nginx.service");
  }

  @Tag("R27")
  @Tag("R31")
  @Test
  void keepsTheContract() {
    for (Systemd declared :
        List.of(Systemd.unit(UNIT), Systemd.unit(UNIT).disabled(), Systemd.unit(UNIT).enabled())) {
      FakeHost host = FakeHost.named("web-01");
      ExecutorContract.of(declared, host)
          .brokenBy(() -> host.unit(UNIT).failed().masked())
          .verify();
    }
  }

  @Test
  void rejectsInvalidUnitNames() {
    for (String name : List.of("nginx", "-x.service", "a b.service", "a.conf", "*.service", "")) {
      assertThatThrownBy(() -> Systemd.unit(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("unit '" + name + "': must be a name with its type, such as nginx.service");
    }
    assertThatThrownBy(() -> Systemd.unit("worker@.service"))
        .hasMessage(
            "unit 'worker@.service': is a template; name an instance of it, such as"
                + " worker@1.service");
    assertThatThrownBy(() -> Systemd.unit(UNIT).ofUser("root; id"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isAValue() {
    assertThat(Systemd.unit(UNIT)).isEqualTo(Systemd.unit(UNIT).running().enabled());
    assertThat(Systemd.unit(UNIT)).isNotEqualTo(Systemd.unit(UNIT).stopped());
    assertThat(Systemd.unit(UNIT).masked()).isEqualTo(Systemd.unit(UNIT).disabled().masked());
    assertThat(Systemd.unit(UNIT).ofUser("app"))
        .isNotEqualTo(Systemd.unit(UNIT))
        .hasToString("nginx.service of app: state running, enabled true");
  }

  @Test
  void warnsOfWhatLooksUnwise() {
    assertThat(Systemd.unit(UNIT).warnings()).isEmpty();
    assertThat(Systemd.unit(UNIT).stopped().disabled().warnings()).isEmpty();
    assertThat(Systemd.unit(UNIT).stopped().warnings())
        .containsExactly(
            "nginx.service is declared stopped, but enabled: each boot starts it again");
    assertThat(Systemd.unit(UNIT).stateUnmanaged().enabledUnmanaged().warnings()).hasSize(1);
  }
}
