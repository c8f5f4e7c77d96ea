package dev.fluke.ssh;

import com.jcraft.jsch.Logger;

/**
 * Learns from JSch's log what JSch reports nowhere else: that the connection broke during the
 * login, that it is closing while its channels end one by one, and that the host opens channels,
 * for each of which JSch would start a thread.
 */
final class JschLogListener implements Logger {
  private final Runnable cut;
  private volatile boolean brokeDuringLogin;
  private volatile boolean closing;

  /**
   * For one connection.
   *
   * @param cut closes its socket; called on the thread that reads from it
   */
  JschLogListener(Runnable cut) {
    this.cut = cut;
  }

  /** Whether the connection was lost after the login request, without a refusal. */
  boolean brokeDuringLogin() {
    return brokeDuringLogin;
  }

  /** Whether the connection is closing; the output of its channels may then be cut off. */
  boolean isClosing() {
    return closing;
  }

  @Override
  public boolean isEnabled(int level) {
    return level >= INFO;
  }

  @Override
  public void log(int level, String message) {
    if (message.startsWith("an exception during authentication\njava.")) { // of a socket
      brokeDuringLogin = true;
    } else if (message.startsWith("Disconnecting from ")) {
      closing = true;
    } else if (message.startsWith("ChannelForwardedTCPIP") && message.endsWith("not registered.")) {
      cut.run();
    }
  }
}
