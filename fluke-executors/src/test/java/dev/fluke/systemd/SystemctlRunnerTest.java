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
import dev.fluke.transport.Answer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Failures of systemctl, in its words and with the way out. */
class SystemctlRunnerTest {
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
}
