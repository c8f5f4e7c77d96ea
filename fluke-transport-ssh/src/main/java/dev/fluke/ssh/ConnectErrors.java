package dev.fluke.ssh;

import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import dev.fluke.text.Printable;
import dev.fluke.transport.UnreachableException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Why there is no connection, told for people: the phase, what is wrong, and the way out. */
final class ConnectErrors {
  private static final String NEXT_LOGIN =
      "; tried again in an hour, or when the agent is declared otherwise";

  private ConnectErrors() {}

  static UnreachableException of(JSchException e, SshOptions options, boolean connected) {
    if (e instanceof JSchHostKeyException hostKey) {
      return UnreachableException.because(hostKey(hostKey, options));
    }
    String said = String.valueOf(e.getMessage());
    String connect = connecting(options);
    if (isLogin(said)) {
      return UnreachableException.loginRefused(
          "login as " + options.user + " refused: " + Printable.lastLineOf(said, 200) + NEXT_LOGIN);
    }
    Throwable cause = root(e);
    if (cause instanceof UnknownHostException) {
      return UnreachableException.because("connect: no address is known for " + options.host);
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return UnreachableException.because(connect + cause.getMessage());
    }
    if (cause instanceof SocketTimeoutException || said.contains("timeout")) {
      return UnreachableException.because(
          connected
              ? "handshake: no answer within " + options.loginLimit.toSeconds() + " s"
              : connect + "no answer within " + options.connectLimit.toSeconds() + " s");
    }
    String why =
        cause == e ? said : cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return UnreachableException.because(
        (connected ? "handshake: " : connect) + Printable.lastLineOf(why, 300));
  }

  /** How the message begins if the host has not taken the connection. */
  static String connecting(SshOptions options) {
    return "connect: " + options.address() + ": ";
  }

  /** The same, for those who ask again at their own pace. */
  static String withoutNextLogin(UnreachableException e) {
    return String.valueOf(e.getMessage()).replace(NEXT_LOGIN, "");
  }

  private static boolean isLogin(String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    return lower.startsWith("auth fail")
        || lower.startsWith("auth cancel")
        || lower.startsWith("userauth fail")
        || lower.contains("too many authentication failures")
        || lower.contains("private key")
        || lower.contains("ssh agent");
  }

  /** Closed before it got anywhere: what a server with too many at its door does. */
  static boolean isReset(JSchException e, boolean connected) {
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return connected
        && !(e instanceof JSchHostKeyException)
        && (said.contains("closed by foreign host")
            || said.contains("connection reset")
            || said.contains("end of io stream")
            || said.contains("exceeded maxstartups"));
  }

  private static String hostKey(JSchHostKeyException e, SshOptions options) {
    String host = "the host key of " + options.address();
    if (e instanceof JSchUnknownHostKeyException) {
      return "host key: "
          + host
          + " is not known; look at it with ssh-keyscan, and put it into a file of known hosts or"
          + " name it with hostKey(\"SHA256:…\")";
    }
    if (e instanceof JSchChangedHostKeyException) {
      return "host key: "
          + host
          + (options.fingerprint != null
              ? " is not the one that was named"
              : " has changed or is revoked")
          + ": the host was set up anew, or somebody is in between; nothing was sent";
    }
    return "host key: "
        + host
        + " was refused: "
        + Printable.lastLineOf(String.valueOf(e.getMessage()), 200);
  }

  private static Throwable root(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }
}
