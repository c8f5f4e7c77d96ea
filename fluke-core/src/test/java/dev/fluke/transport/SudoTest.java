package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.none;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as another user, by a real sudo, of a login that may do more or less with it. */
@Tag("rule-2")
@Tag("Z03")
@Tag("slow")
class SudoTest {
  private static final Command WHO = limited(Command.of("id", "-un").runAs("nobody"));
  private static final Command SCRIPT = limited(Command.shell("id -un").runAs("nobody"));

  private final Shells shells = new Shells();
  private SudoUser user;

  @BeforeEach
  void add() throws Exception {
    user = SudoUser.added(shells);
  }

  @AfterEach
  void close() throws Exception {
    user.close();
    shells.close();
  }

  @Test
  void aLineThatAllowsAShellIsEnoughForAll() throws Exception {
    user.may("(nobody) NOPASSWD: /bin/sh");
    try (HostConnection connection = shells.open(user.login())) {
      for (Command command :
          List.of(
              WHO,
              SCRIPT,
              limited(Command.of("/usr/bin/id", "-un").env("PATH", "/no/such").runAs("nobody")),
              limited(
                  Command.of("sh", "-c", "cat; echo $A; test \"$(pwd)\" = / || pwd")
                      .stdin("nob")
                      .env("A", "ody")
                      .runAs("nobody")))) {
        assertThat(result(ask(connection, command)).stdout()).isEqualTo("nobody\n");
        assertThat(result(connection.act(command)).stdout()).isEqualTo("nobody\n");
      }
    }
  }

  @Test
  void aLineThatAllowsOneProgramIsEnoughForThatProgramAlone() throws Exception {
    user.may("(nobody) NOPASSWD: /usr/bin/id -un");
    try (HostConnection connection = shells.open(user.login())) {
      assertThat(result(ask(connection, WHO)).stdout()).isEqualTo("nobody\n");
      assertThat(result(connection.act(WHO)).stdout()).isEqualTo("nobody\n");

      assertThatNobodyRuns(connection, SCRIPT);
      assertThatNobodyRuns(connection, limited(Command.of("id").runAs("nobody")));
      assertThatNobodyRuns(connection, WHO.runAs("root"));
      assertThatNobodyRuns(connection, WHO.runAs("no-such-user"));
    }
  }

  private static void assertThatNobodyRuns(HostConnection connection, Command command) {
    for (Answer answer : List.of(ask(connection, command), connection.act(command))) {
      assertThat(none(answer).reason()).isEqualTo(Reason.NOT_BEGUN);
      assertThat(none(answer).why()).startsWith("not begun: sudo: ");
    }
  }

  @Test
  void showsNoScriptOfARefusedShell() {
    assertThat(
            Sudo.withoutScript(
                "Sorry, user ann is not allowed to execute '/bin/sh -c exec env -i 'A' /bin/sh' as root on web."))
        .isEqualTo("Sorry, user ann is not allowed to execute '/bin/sh' as root on web.");
    String program =
        "Sorry, user ann is not allowed to execute '/bin/systemctl start a' as root on web.";
    assertThat(Sudo.withoutScript(program)).isEqualTo(program);
  }

  @Test
  void aProgramAloneHasItsStatusInputAndDirectory() throws Exception {
    user.may("(nobody) NOPASSWD: /usr/bin/test, /usr/bin/cat, /usr/bin/pwd, /usr/bin/ls");
    try (HostConnection connection = shells.open(user.login())) {
      Command fails = limited(Command.of("test", "a", "=", "b").runAs("nobody"));
      Command cat = limited(Command.of("cat").stdin("in\0").runAs("nobody"));
      Command missing = limited(Command.of("ls", "/no/such").runAs("nobody"));
      Command pwd = limited(Command.of("pwd").runAs("nobody"));
      for (Command each : List.of(fails, cat, missing, pwd, pwd.in("/usr"))) {
        CommandResult asked = result(ask(connection, each));
        CommandResult acted = result(connection.act(each));

        assertThat(acted.exitStatus()).isEqualTo(asked.exitStatus());
        assertThat(acted.stdout()).isEqualTo(asked.stdout());
      }
      assertThat(result(ask(connection, fails)).exitStatus()).isEqualTo(1);
      assertThat(result(ask(connection, cat)).stdout()).isEqualTo("in\0");
      assertThat(result(ask(connection, missing)).exitStatus()).isEqualTo(2);
      assertThat(result(ask(connection, pwd)).stdout()).isEqualTo("/\n");
      assertThat(result(ask(connection, pwd.in("/usr"))).stdout()).isEqualTo("/usr\n");
      assertThat(none(ask(connection, pwd.in("/no/such"))).reason()).isEqualTo(Reason.NOT_BEGUN);
    }
  }

  @Test
  void aProgramAloneGetsNoEnvironmentAndThatIsSaid() throws Exception {
    user.may("(nobody) NOPASSWD: /usr/bin/id -un");
    try (HostConnection connection = shells.open(user.login())) {
      Command wants = WHO.env("A", "v");
      for (Answer answer : List.of(ask(connection, wants), connection.act(wants))) {
        assertThat(none(answer).reason()).isEqualTo(Reason.NOT_BEGUN);
        assertThat(none(answer).why())
            .isEqualTo("not begun: sudo allows no shell as nobody, and so no environment");
      }
    }
  }

  @Test
  void whatNeedsAPasswordIsNeverAStatus() throws Exception {
    user.may("(nobody) ALL", "(nobody) NOPASSWD: /usr/bin/true", "(nobody) PASSWD: /usr/bin/id");
    try (HostConnection connection = shells.open(user.login())) {
      Command allowed = limited(Command.of("true").runAs("nobody"));

      assertThat(result(ask(connection, allowed)).succeeded()).isTrue();
      assertThat(result(connection.act(allowed)).succeeded()).isTrue();
      assertThatNobodyRuns(connection, WHO);
      assertThatNobodyRuns(connection, SCRIPT);
    }
  }

  @Test
  void withoutAnyRightNothingRuns() throws Exception {
    try (HostConnection connection = shells.open(user.login())) {
      assertThatNobodyRuns(connection, WHO);
      assertThatNobodyRuns(connection, SCRIPT);
    }
  }

  @Test
  void whoIsLoggedInAlreadyNeedNotBecomeThat() throws Exception {
    Command self = limited(Command.shell("id -un; echo $A").env("A", "b").runAs(user.name));
    try (HostConnection connection = shells.open(user.login())) {
      assertThat(result(ask(connection, self)).stdout()).isEqualTo(user.name + "\nb\n");
      assertThat(result(connection.act(self)).stdout()).isEqualTo(user.name + "\nb\n");
    }
  }

  @Test
  void aSudoThatIsMissingOrBrokenRunsNothing() throws Exception {
    Path sudo = user.home().resolve("sudo");
    Target target = Target.of("here", shells.scheduler).path(List.of(user.home().toString()));
    for (int status : new int[] {127, 1}) {
      Files.writeString(sudo, "#!/bin/sh\necho no sudo here >&2; exit " + status + "\n");
      assertThat(sudo.toFile().setExecutable(true, false)).isTrue();
      try (HostConnection connection = user.login().open(target)) {
        for (Answer answer : List.of(ask(connection, WHO), connection.act(WHO))) {
          assertThat(none(answer).reason()).isEqualTo(Reason.NOT_BEGUN);
          assertThat(none(answer).why()).isEqualTo("not begun: no sudo here");
        }
      }
    }
  }

  @Tag("rule-6")
  @Tag("T15")
  @Test
  void aStandingProgramIsEndedThroughSudoAlsoAtTheFarEndOfAWire(@TempDir Path dir)
      throws Exception {
    user.may("(nobody) NOPASSWD: /usr/bin/sleep");
    Command sleeps = Command.of("sleep", "3651").runAs("nobody").timeout(Duration.ofMillis(500));
    for (Transport transport : List.of(user.login(), user.remoteLogin(dir))) {
      try (HostConnection connection = shells.open(transport)) {
        assertThat(none(ask(connection, sleeps)).why()).isEqualTo("timed out after 0.500 s");
        assertThat(Shells.running("sleep 3651")).isFalse();
        assertThat(none(connection.act(sleeps)).reason()).isEqualTo(Reason.KILLED);
        assertThat(Shells.running("sleep 3651")).isFalse();
      }
    }
  }

  @Tag("rule-16")
  @Test
  void aProgramThatCantBeEndedKeepsTheLock(@TempDir Path dir) throws Exception {
    user.may("(nobody) NOPASSWD: /usr/bin/sh -c trap *");
    String waits = "while test -e " + user.mark() + "; do sleep 0.05; done";
    Command stubborn = limited(Command.of("sh", "-c", "trap '' TERM; " + waits).runAs("nobody"));
    try (HostConnection connection = shells.open(user.remoteLogin(dir))) {
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      var work = shells.scheduler.start("apply", () -> answer.complete(connection.act(stubborn)));
      shells.until(() -> Shells.running(waits));
      work.interrupt();

      assertThat(none(answer.get(20, TimeUnit.SECONDS)).reason()).isEqualTo(Reason.END_NOT_KNOWN);
      assertThat(user.holdsLock()).isTrue();
      Files.delete(user.mark());
      shells.until(() -> !user.holdsLock());
      assertThat(Shells.running(waits)).isFalse();
    }
  }

  @Tag("rule-6")
  @Tag("rule-16")
  @Test
  void aProgramThatIgnoresItsLimitIsNotTakenForKilled(@TempDir Path dir) throws Exception {
    user.may("(nobody) NOPASSWD: /usr/bin/sh -c trap *");
    String waits = "while test -e " + user.mark() + "; do sleep 0.05; done";
    Command stubborn =
        Command.of("sh", "-c", "trap '' TERM; " + waits)
            .runAs("nobody")
            .timeout(Duration.ofMillis(300));
    try (HostConnection connection = shells.open(user.remoteLogin(dir))) {
      Answer.None none = none(connection.act(stubborn));

      assertThat(none.reason()).isEqualTo(Reason.END_NOT_KNOWN);
      assertThat(none.why()).isEqualTo("ran into its limit, and may still run");
      assertThat(Shells.running(waits)).isTrue();
      assertThat(user.holdsLock()).isTrue();
      Files.delete(user.mark());
      shells.until(() -> !user.holdsLock());
    }
  }
}
