package dev.fluke.testkit;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeHostAssertTest {

  @Test
  void showsTheJournalWithAWrongCount() throws Exception {
    FakeHost web = FakeHost.named("web-01").answer("check", 0).answer("100 % fix", 0);
    try (VirtualTime time = VirtualTime.seeded(1);
        HostConnection connection = web.open(Target.of("web-01", time))) {
      connection.act(Command.shell("100 % fix"));
      connection.ask(List.of(Command.shell("check")));
    }

    assertThat(web).ran("100 % fix").once().asked("check").times(1).ran("check").never();

    assertThatThrownBy(() -> assertThat(web).ran("100 % fix").never())
        .isInstanceOf(AssertionError.class)
        .hasMessage("web-01 ran '100 % fix' 1 times, expected 0; it ran: [100 % fix]");
    assertThatThrownBy(() -> assertThat(web).asked("other").once())
        .hasMessage("web-01 asked 'other' 0 times, expected 1; it asked: [check]");
  }
}
