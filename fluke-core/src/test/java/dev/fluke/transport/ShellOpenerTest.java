package dev.fluke.transport;

import static dev.fluke.transport.Shells.ask;
import static dev.fluke.transport.Shells.limited;
import static dev.fluke.transport.Shells.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each shell leads a session, however it was started: what it leaves behind can be found. */
@Tag("rule-6")
class ShellOpenerTest {
  private static final Command LEADS =
      Command.shell("test $(ps -o sid= -p $PPID) = $PPID && echo $PPID");

  private final Shells shells = new Shells();

  @AfterEach
  void close() {
    shells.close();
  }

  /** As they are, and one that leads a group but no session, where setsid would have to fork. */
  static Stream<Transport> all() {
    return Stream.concat(
        Shells.all(), Stream.of(Transport.throughShell("perl", "-e", "setpgrp; exec 'dash'")));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theShellOfChecksLeadsASessionIsKeptAndFollowedByAnother(Transport transport)
      throws Exception {
    try (HostConnection connection = shells.open(transport)) {
      String first = result(ask(connection, LEADS)).stdout();
      assertThat(result(ask(connection, LEADS)).stdout()).as("the same").isEqualTo(first);
      ask(connection, Command.shell("kill -9 $PPID"));
      String second = result(ask(connection, LEADS)).stdout();

      assertThat(second).isNotEmpty().isNotEqualTo(first);
    }
  }

  @Test
  void theSetsidOfBusyBoxWillDo(@TempDir Path dir) throws Exception {
    Path setsid =
        Files.writeString(dir.resolve("setsid"), "#!/bin/sh\nexec busybox setsid \"$@\"\n");
    assertThat(setsid.toFile().setExecutable(true)).isTrue();
    Target target = Target.of("here", shells.scheduler).path(List.of(dir.toString()));
    for (Transport transport : all().toList()) {
      try (HostConnection connection = transport.open(target)) {
        assertThat(result(ask(connection, LEADS)).stdout()).isNotEmpty();
      }
    }
  }

  @Tag("T13")
  @Test
  void whatACheckLeavesAtTheFarEndOfAWireGoesWithItsShell(@TempDir Path dir) throws Exception {
    for (String shell : List.of("sh", "timeout 60 dash")) {
      try (HostConnection connection = shells.open(Shells.thatCanBeCut(dir, shell))) {
        String leaves = "sleep 3614 & timeout 3000 sleep 3615 &";
        assertThat(result(ask(connection, Command.shell(leaves))).succeeded()).isTrue();
        shells.until(() -> Shells.running("timeout 3000 sleep 3615"));
      }
      shells.until(() -> !Shells.running("sleep 3614") && !Shells.running("sleep 3615"));
    }
  }

  @Tag("rule-16")
  @ParameterizedTest
  @MethodSource("all")
  void whatAnApplyLeavesLivesOnWithoutTheShellThatStartedIt(Transport transport, @TempDir Path dir)
      throws Exception {
    Command leaves =
        Command.shell(
                "(until test -e \"$D/stop\"; do echo noise; sleep 0.05; done; touch \"$D/stopped\")"
                    + " & ps -o sid= -p $$")
            .env("D", dir.toString());
    try (HostConnection connection = shells.open(transport)) {
      String printed = result(connection.act(limited(leaves))).stdout();
      long leader = Long.parseLong(printed.replace("noise", "").strip());

      shells.until(() -> ProcessHandle.of(leader).map(Processes::isGone).orElse(true));
    }
    Files.createFile(dir.resolve("stop"));
    shells.until(() -> Files.exists(dir.resolve("stopped")));
  }
}
