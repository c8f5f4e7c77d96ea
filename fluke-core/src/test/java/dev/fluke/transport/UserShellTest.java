package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.time.Scheduler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which shell runs a command. */
class UserShellTest {
  private static final HostCapabilities HOST =
      new HostCapabilities(false, "deploy", true, true, "1", List.of());

  private final Scheduler scheduler = Scheduler.system();
  private final Target target = Target.of("here", scheduler);

  @AfterEach
  void close() {
    scheduler.close();
  }

  private UserShell kind(Command command) {
    return UserShell.of(command, HOST, target);
  }

  @Test
  void isTheLoginUsersUnlessTheCommandRunsAsAnother() {
    Command command = Command.of("id");

    assertThat(kind(command)).isEqualTo(UserShell.LOGIN);
    assertThat(kind(command.runAs("deploy"))).isEqualTo(UserShell.LOGIN);
    assertThat(kind(command.runAs("app"))).isEqualTo(new UserShell("app", "/bin/sh", false));
    assertThat(UserShell.LOGIN.isOfAnotherUser()).isFalse();
    assertThat(kind(command.runAs("app")).isOfAnotherUser()).isTrue();
    assertThat(UserShell.piped("app").isOfAnotherUser()).as("it becomes that user").isFalse();
  }

  @Test
  void isABashForTextsOfTheDefaultShellIfThatIsOne() {
    Command text = Command.shell("id").inDefaultShell();

    assertThat(kind(text)).isEqualTo(new UserShell("", "/bin/bash", false));
    assertThat(kind(text.runAs("app"))).isEqualTo(new UserShell("app", "/bin/bash", false));
    assertThat(kind(text).running()).isEqualTo("/bin/bash --norc -c ");
    assertThat(UserShell.of(text, HOST, target.defaultShell("/usr/bin/fish")))
        .isEqualTo(UserShell.LOGIN);
    assertThat(kind(Command.shell("id"))).isEqualTo(UserShell.LOGIN);
  }
}
