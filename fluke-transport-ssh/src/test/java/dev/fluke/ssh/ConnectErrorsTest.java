package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.JSchException;
import dev.fluke.command.Secret;
import dev.fluke.transport.UnreachableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectErrorsTest {
  private final SshOptions options =
      Ssh.to("web-01")
          .user("deploy")
          .connectingWithin(Duration.ofSeconds(3))
          .loggingInWithin(Duration.ofSeconds(4))
          .options();

  private UnreachableException of(String message, boolean connected) {
    return ConnectErrors.of(new JSchException(message), options, connected);
  }

  private String because(Throwable cause, boolean connected) {
    return ConnectErrors.of(new JSchException("it failed", cause), options, connected).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auth fail for methods 'publickey'",
        "Auth cancel for methods 'publickey'",
        "USERAUTH fail",
        "SSH_MSG_DISCONNECT: 2 Too many authentication failures",
        "the private key /k: the file can't be read",
        "no SSH agent: SSH_AUTH_SOCK is not set"
      })
  void countsAsRefusedLogin(String message) {
    UnreachableException e = of(message, true);

    assertThat(e.isLoginRefused()).isTrue();
    assertThat(e)
        .hasMessage(
            "login as deploy refused: %s; Fluke tries again in an hour, or when the agent's"
                + " transport changes",
            message);
    assertThat(ConnectErrors.withoutNextLogin(e)).isEqualTo("login as deploy refused: " + message);
  }

  @Test
  void namesTheRefusalOfAPrompt() {
    SshOptions login = Ssh.to("h").user("u").password(Secret.of("canary-ssh")).options();

    assertThat(ConnectErrors.refused(login, "asks for canary-ssh\u001b[2J"))
        .hasMessageStartingWith("login as u refused: asks for ***\\u001b[2J; Fluke tries again")
        .extracting(UnreachableException::isLoginRefused)
        .isEqualTo(true);
  }

  @Tag("Z02")
  @Test
  void hidesAPasswordThatAServerSendsBack() {
    SshOptions rotated = Ssh.to("h").user("u").password(Secret.from(() -> "canary-ssh")).options();
    SshOptions shorter = Ssh.to("h").user("u").password(Secret.of("four")).options();

    assertThat(ConnectErrors.of(new JSchException("bye canary-ssh"), rotated, true))
        .hasMessage("handshake: bye ***");
    assertThat(ConnectErrors.of(new JSchException("Auth fail: canary-ssh"), rotated, true))
        .hasMessageStartingWith("login as u refused: Auth fail: ***;");
    assertThat(ConnectErrors.of(new JSchException("bye four, fourth"), shorter, true))
        .hasMessage("handshake: bye ***, fourth");
  }

  @Test
  void namesThePhaseAndTheCause() {
    assertThat(because(new UnknownHostException("web-01"), false))
        .isEqualTo("connect: no address is known for web-01");
    assertThat(because(new ConnectException("Connection refused"), false))
        .isEqualTo("connect: web-01:22: Connection refused");
    assertThat(because(new NoRouteToHostException("No route to host"), false))
        .isEqualTo("connect: web-01:22: No route to host");
    assertThat(because(new IllegalStateException("bad packet"), true))
        .isEqualTo("handshake: bad packet");
    assertThat(because(new IllegalStateException(), true))
        .isEqualTo("handshake: java.lang.IllegalStateException");
    assertThat(of("invalid server's version string", true))
        .hasMessage("handshake: invalid server's version string");
  }

  @Test
  void namesTheLimitOfThePhaseThatTimedOut() {
    assertThat(because(new SocketTimeoutException(), false))
        .isEqualTo("connect: web-01:22: no answer within 3 s");
    assertThat(because(new SocketTimeoutException(), true))
        .isEqualTo("handshake: no answer within 4 s");
    assertThat(of("timeout in waiting for rekeying process.", true))
        .hasMessage("handshake: no answer within 4 s");
    assertThat(ConnectErrors.timedOut(options, true))
        .hasMessage("handshake: not finished within 7 s");
    assertThat(ConnectErrors.timedOut(options, false))
        .hasMessage("connect: web-01:22: not finished within 7 s");
  }

  @Test
  void saysThatTheHostLeftDuringTheLogin() {
    UnreachableException e = ConnectErrors.brokeDuringLogin(options);

    assertThat(e.isLoginRefused()).isFalse();
    assertThat(e)
        .hasMessage(
            "handshake: the host closed the connection, or stopped answering, during the login as"
                + " deploy");
  }

  @Test
  void showsTextOfTheHostOnOneLineAndShortened() {
    assertThat(of("bye\u001b[2J\nERROR forged", true).getMessage())
        .isEqualTo("handshake: bye\\u001b[2J\\nERROR forged");
    assertThat(of("x".repeat(1000), true).getMessage()).hasSizeLessThan(330);
  }

  @ParameterizedTest
  @CsvSource({
    "connection is closed by foreign host, true, true",
    "Connection reset, true, true",
    "End of IO Stream Read, true, true",
    "Exceeded MaxStartups, true, true",
    "Connection reset, false, false",
    "Auth fail, true, false"
  })
  void knowsAResetFromOtherErrors(String message, boolean connected, boolean reset) {
    assertThat(ConnectErrors.isReset(new JSchException(message), connected)).isEqualTo(reset);
  }
}
