package dev.fluke.ssh;

import com.google.common.base.Throwables;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import dev.fluke.files.internal.ThisUser;
import dev.fluke.text.Printable;
import dev.fluke.transport.UnreachableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/** Words why there is no connection: the phase, what is wrong, and the way out. */
final class ConnectErrors {
  private static final String NEXT_LOGIN =
      "; Fluke tries again in an hour, or when the agent's transport changes";

  /** Beginnings and parts of what JSch says, in lower case, when a login is refused. */
  private static final List<String> REFUSED = List.of("auth fail", "auth cancel", "userauth fail");

  private static final List<String> REFUSED_ANYWHERE =
      List.of("too many authentication failures", "private key", "ssh agent");

  private static final List<String> RESET =
      List.of(
          "closed by foreign host", "connection reset", "end of io stream", "exceeded maxstartups");

  private ConnectErrors() {}

  /**
   * The error for what JSch threw.
   *
   * @param connected whether the host, or its jump host, had accepted the connection
   */
  static UnreachableException of(JSchException e, SshOptions options, boolean connected) {
    String message = String.valueOf(e.getMessage());
    if (isRefusal(message)) {
      return refused(options, message);
    }
    return UnreachableException.because(
        options.login().hide(unreachable(e, message, options, connected)));
  }

  /** The same, where the usual files could not be used. */
  static UnreachableException withoutHome(UnreachableException e) {
    String why =
        "%s; %s, so nothing in ~/.ssh was used: name key(..) and knownHosts(..)"
            .formatted(e.getMessage(), ThisUser.NO_HOME);
    return e.isLoginRefused()
        ? UnreachableException.loginRefused(why)
        : UnreachableException.because(why);
  }

  /** The host refused the login. */
  static UnreachableException refused(SshOptions options, String why) {
    SshOptions.Login login = options.login();
    return UnreachableException.loginRefused(
        "login as %s refused: %s%s"
            .formatted(login.user(), Printable.lastLineOf(login.hide(why), 200), NEXT_LOGIN));
  }

  private static String unreachable(
      JSchException e, String message, SshOptions options, boolean connected) {
    Throwable root = Throwables.getRootCause(e);
    if (root instanceof UnknownHostException) {
      return "connect: no address is known for " + options.endpoint().host();
    }
    if (root instanceof ConnectException || root instanceof NoRouteToHostException) {
      return connecting(options) + root.getMessage();
    }
    if (e instanceof JSchAlgoNegoFailException none && knowsOldMacsOnly(none)) {
      return ("handshake: the host knows only old message authentication codes (%s); name one of"
              + " them with mac(\"hmac-sha1\"), or in a configuration with mac: hmac-sha1")
          .formatted(Printable.lastLineOf(none.getServerProposal(), 200));
    }
    String phase = phase(options, connected);
    if (root instanceof SocketTimeoutException || message.contains("timeout")) {
      SshOptions.Limits limits = options.limits();
      long seconds = (connected ? limits.login() : limits.connect()).toSeconds();
      return "%sno answer within %d s".formatted(phase, seconds);
    }
    String why = root.getMessage() == null ? root.toString() : root.getMessage();
    return phase + Printable.lastLineOf(root == e ? message : why, 300);
  }

  private static boolean knowsOldMacsOnly(JSchAlgoNegoFailException e) {
    return e.getAlgorithmName().startsWith("mac.")
        && SshArguments.OLD_MACS.stream().anyMatch(e.getServerProposal()::contains);
  }

  /** The connection was lost after the login request, without a refusal. */
  static UnreachableException brokeDuringLogin(SshOptions options) {
    return UnreachableException.because(
        "handshake: the host closed the connection, or stopped answering, during the login as %s"
            .formatted(options.login().user()));
  }

  /** Connecting and logging in took longer than both limits together. */
  static UnreachableException timedOut(SshOptions options, boolean connected) {
    return UnreachableException.because(
        "%snot finished within %d s"
            .formatted(phase(options, connected), options.limits().total().toSeconds()));
  }

  private static String phase(SshOptions options, boolean connected) {
    return connected ? "handshake: " : connecting(options);
  }

  private static String connecting(SshOptions options) {
    return "connect: %s: ".formatted(options.address());
  }

  /** The message without the time of the next try, for a caller that has its own schedule. */
  static String withoutNextLogin(UnreachableException e) {
    return String.valueOf(e.getMessage()).replace(NEXT_LOGIN, "");
  }

  private static boolean isRefusal(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return REFUSED.stream().anyMatch(lower::startsWith)
        || REFUSED_ANYWHERE.stream().anyMatch(lower::contains);
  }

  /**
   * Whether the server closed the connection early, as it does if too many logins are under way.
   */
  static boolean isReset(JSchException e, boolean connected) {
    String lower = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return connected
        && !(e instanceof JSchHostKeyException)
        && RESET.stream().anyMatch(lower::contains);
  }

  /**
   * What JSch says of a host key that it refused by itself, such as that of a revoked authority.
   */
  static String hostKey(JSchHostKeyException e, SshOptions options) {
    return "host key: the host key of %s was refused: %s"
        .formatted(options.address(), Printable.lastLineOf(String.valueOf(e.getMessage()), 200));
  }
}
