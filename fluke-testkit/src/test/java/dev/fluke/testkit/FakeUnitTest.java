package dev.fluke.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A unit on a fake host answers systemctl as a real one does. */
class FakeUnitTest {
  private final FakeHost web = FakeHost.named("web-01");
  private final Scheduler scheduler = Scheduler.system();

  @AfterEach
  void close() {
    scheduler.close();
  }

  private CommandResult act(String... words) throws Exception {
    try (HostConnection connection = web.open(Target.of("web-01", scheduler))) {
      return result(connection.act(Command.of("systemctl", words)));
    }
  }

  private String show(String unit) throws Exception {
    try (HostConnection connection = web.open(Target.of("web-01", scheduler))) {
      Command show = Command.shell("s=$(systemctl show --property=Id -- '" + unit + "') || exit");
      return result(connection.ask(List.of(show)).get(0)).stdout();
    }
  }

  private static CommandResult result(Answer answer) {
    return ((Answer.Finished) answer).result();
  }

  @Test
  void isRunningAndEnabledAtFirstAndFoundByName() throws Exception {
    assertThat(web.unit("a.service")).isSameAs(web.unit("a.service"));
    assertThat(show("a.service"))
        .contains("Id=a.service\n", "ActiveState=active\n", "UnitFileState=enabled\n");
  }

  @Test
  void changesByVerbsOfSystemctl() throws Exception {
    FakeUnit unit = web.unit("a.service").stopped().disabled();

    assertThat(act("start", "a.service").succeeded()).isTrue();
    assertThat(act("enable", "a.service").succeeded()).isTrue();
    assertThat(act("daemon-reload").succeeded()).isTrue();
    assertThat(unit.isRunning()).isTrue();
    assertThat(unit.isEnabled()).isTrue();

    act("stop", "a.service");
    act("mask", "a.service");
    assertThat(act("start", "a.service").exitStatus()).isEqualTo(1);
    assertThat(unit.isRunning()).isFalse();
    assertThat(show("a.service")).contains("LoadState=masked\n", "ActiveState=inactive\n");

    act("unmask", "a.service");
    unit.failed();
    act("reset-failed", "a.service");
    assertThat(show("a.service")).contains("LoadState=loaded\n", "ActiveState=inactive\n");
    assertThat(act("frobnicate", "a.service").exitStatus()).isEqualTo(1);
  }

  @Test
  void canBeMissingStaticStartingOrUnableToStart() throws Exception {
    web.unit("gone.service").missing();
    assertThat(show("gone.service")).contains("LoadState=not-found\n", "UnitFileState=\n");
    assertThat(act("start", "gone.service").exitStatus()).isEqualTo(5);

    web.unit("fixed.service").isStatic();
    act("enable", "fixed.service");
    assertThat(show("fixed.service")).contains("UnitFileState=static\n");

    web.unit("slow.service").activating();
    assertThat(show("slow.service")).contains("ActiveState=activating\n");

    web.unit("bad.service").stopped().startFails("no such program");
    assertThat(act("start", "bad.service").tail(100)).isEqualTo("no such program");
    assertThat(show("bad.service")).contains("ActiveState=failed\n", "Result=exit-code\n");
  }

  @Test
  void isNotConfusedWithASimilarName() throws Exception {
    web.unit("a.service").stopped();
    web.unit("aa.service");

    act("stop", "aa.service");
    assertThat(web.unit("aa.service").isRunning()).isFalse();
    assertThat(act("start", "xa.service").exitStatus()).isEqualTo(127);
    assertThat(web.unscripted()).containsExactly("systemctl start xa.service");
    assertThat(web.unit("a.service").isRunning()).isFalse();
  }

  @Test
  void listsAVerbInACheckAsAWrite() throws Exception {
    web.unit("a.service");
    try (HostConnection connection = web.open(Target.of("web-01", scheduler))) {
      connection.ask(List.of(Command.of("systemctl", "stop", "a.service")));
    }
    show("a.service");
    assertThat(web.writesDuringChecks()).containsExactly("systemctl stop a.service");
  }
}
