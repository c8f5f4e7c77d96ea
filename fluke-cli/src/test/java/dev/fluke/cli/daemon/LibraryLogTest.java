package dev.fluke.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.fluke.agent.Selector;
import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a reconciler in an application logs. */
class LibraryLogTest {
  private final Logger all = (Logger) LoggerFactory.getLogger("dev.fluke");
  private final Logger events = (Logger) LoggerFactory.getLogger("dev.fluke.events");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final FlukeKit kit = FlukeKit.create();
  private final FakeHost web = kit.agent("web-01", Map.of());

  /** A check and an apply with a secret. */
  private record Probe() implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell("check a");
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell("fix a").env("TOKEN", Secret.of("swordfish"))).orThrow();
    }
  }

  @BeforeEach
  void listen() {
    lines.start();
    all.addAppender(lines);
    all.setLevel(Level.INFO);
    events.setLevel(null);
    kit.manifest(Task.named("a").on(Selector.everyAgent()).step("s", new Probe()).build());
  }

  @AfterEach
  void close() {
    kit.close();
    all.detachAppender(lines);
    all.setLevel(Level.WARN);
    events.setLevel(Level.OFF);
  }

  private List<String> logged() {
    kit.time().runUntilIdle();
    List<String> texts =
        lines.list.stream()
            .map(line -> line.getLevel() + " " + line.getFormattedMessage())
            .toList();
    lines.list.clear();
    return texts;
  }

  private void cycles(int number) {
    for (int i = 0; i < number; i++) {
      kit.cycle();
      kit.runFor(Duration.ofSeconds(5));
    }
  }

  @Test
  void logsDriftAndHealsOnceAndNothingInSync() {
    var state = web.pair("check a", "fix a").healthy();
    cycles(3);
    logged();
    state.broken();
    cycles(3);

    assertThat(logged())
        .satisfiesExactly(
            drift ->
                assertThat(drift)
                    .startsWith("INFO drift_detected agent=web-01 task=a step=s revision=code-1")
                    .contains(" cause=REGRESSED ")
                    .matches(".* run=\\w+-4"),
            heal ->
                assertThat(heal)
                    .startsWith("INFO drift_remediated agent=web-01 task=a step=s ")
                    .contains(" outcome=success cause=REGRESSED ")
                    .matches(".* run=\\w+-4"));
  }

  @Test
  void warnsOfAFailedApplyWithoutItsSecret() {
    web.pair("check a", "fix a").broken();
    web.answer("fix a", CommandResult.exited(1).withStderr("no swordfish here\n"));
    cycles(1);

    assertThat(logged())
        .last()
        .asString()
        .startsWith("WARN drift_remediated agent=web-01 task=a step=s ")
        .contains("outcome=failure", "message=step 's': exit status 1: no *** here")
        .doesNotContain("swordfish", "fix a");
  }

  @Test
  void logsTheBeginAndTheEndOfAnOutageOnce() {
    web.pair("check a", "fix a").healthy();
    cycles(1);
    logged();
    web.unreachable("no route to host");
    web.losesConnectionAt("check a");
    cycles(1);
    kit.runFor(Duration.ofMinutes(20));
    cycles(3);
    assertThat(logged())
        .singleElement()
        .asString()
        .startsWith("WARN agent_unreachable agent=web-01 message=no route to host");

    web.reachable();
    kit.runFor(Duration.ofMinutes(20));
    cycles(2);
    assertThat(logged()).containsExactly("INFO agent_unreachable_resolved agent=web-01");
  }
}
