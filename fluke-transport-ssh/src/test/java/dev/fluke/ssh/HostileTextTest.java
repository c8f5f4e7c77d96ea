package dev.fluke.ssh;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Command;
import dev.fluke.event.Event;
import dev.fluke.executor.CommandCheck;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.Scope;
import dev.fluke.transport.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.sshd.common.SshConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hosts that print what moves cursors, hides, or looks like somebody else's line. */
@Tag("Z05")
class HostileTextTest {
  @RegisterExtension static final Lab lab = new Lab();

  /**
   * For {@code printf}: a title, a clipboard, colours, an overwrite, a turn of direction, no UTF-8.
   */
  private static final String PRINTED =
      "\\033]0;owned\\007\\033]52;c;bHM=\\007\\033[2J\\rin sync\\342\\200\\256gpj.exe\\377"
          + "\\nERROR forged log line ${jndi:ldap://x} <script>";

  private record Says(String script) implements CommandCheck {
    @Override
    public Command checkCommand() {
      return Command.shell(script);
    }

    @Override
    public void apply(Host host) {
      host.run(Command.shell(script)).orThrow();
    }
  }

  private static void isHarmless(String shown) {
    assertThat(shown).contains("forged log line ${jndi:ldap://x} <script>");
    assertThat(shown.codePoints().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    assertThat(shown.lines()).noneMatch(line -> line.stripLeading().startsWith("ERROR"));
  }

  private static Task says(String name, String script) {
    return Task.named(name).on(everyAgent()).step("s", new Says(script)).build();
  }

  @Test
  void showsThemEscapedInReportsPlansEventsAndLogs() throws Exception {
    String say = "printf '" + PRINTED + "' >&2; ";
    Manifest manifest =
        Manifest.of(says("fails", say + "exit 1"), says("signals", say + "exit 143"));
    List<Event> events = Collections.synchronizedList(new ArrayList<>());
    PrintStream errors = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("web-01", lab.server().ssh()))
            .manifest(manifest)
            .build()) {
      reconciler.subscribe(events::add);
      isHarmless(reconciler.plan(Scope.all()).toString());
      isHarmless(reconciler.cycle().toString());
      lab.until("events came", () -> events.size() > 2);
    } finally {
      System.setErr(errors);
    }

    assertThat(events).extracting(Event::toString).allMatch(shown -> shown.lines().count() == 1);
    isHarmless(String.join("\n", events.stream().map(Event::toString).toList()));
    assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("\033", "\r", "\u202e");
  }

  @Test
  void showsADisconnectMessageEscaped() throws Exception {
    ScriptedServer server = lab.opened(ScriptedServer.start(lab.dir(), ScriptedChannel::serve));
    String text = "\033]0;owned\007\rbye\u202e\nERROR forged log line ${jndi:ldap://x} <script>";
    server.atTheDoor(
        session -> session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, text));

    UnreachableException e = lab.refused(server.ssh());
    isHarmless(e.getMessage());
    assertThat(e.getMessage()).hasLineCount(1);
  }
}
