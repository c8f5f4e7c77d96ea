package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers that go away at an exact point before the login is over: no login was refused. */
@Tag("T02")
class HangUpTest {
  @RegisterExtension static final Lab lab = new Lab();
  private ScriptedServer server;

  @BeforeEach
  void start() throws Exception {
    server = lab.opened(ScriptedServer.start(lab.dir(), ScriptedChannel::serve));
  }

  private void isUnreachable(Ssh ssh) throws Exception {
    UnreachableException e = lab.refused(ssh);
    assertThat(e.isLoginRefused()).as("a refused login: %s", e.getMessage()).isFalse();
    assertThat(e).hasMessageStartingWith("handshake: ");
  }

  @Test
  void isUnreachableAfterAHangUpInTheKeyExchange() throws Exception {
    server.mina.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionNegotiationStart(
              Session session,
              Map<KexProposalOption, String> client,
              Map<KexProposalOption, String> server) {
            session.close(true);
          }
        });

    isUnreachable(server.ssh());
    assertThat(server.logins).hasValue(0);
  }

  @Tag("T04")
  @Test
  void isUnreachableAfterAHangUpAtTheLoginRequest() throws Exception {
    server.atTheDoor(session -> session.close(true));

    isUnreachable(server.ssh());
    assertThat(server.logins).as("a login that may have been refused is not repeated").hasValue(1);
  }

  @Tag("T04")
  @Test
  void isUnreachableAfterSilenceAtTheLoginRequest() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.atTheDoor(session -> over.await());

    isUnreachable(server.ssh().loggingInWithin(Duration.ofMillis(500)));
    over.countDown();
  }
}
