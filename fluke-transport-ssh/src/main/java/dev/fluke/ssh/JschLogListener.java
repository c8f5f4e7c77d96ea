package dev.fluke.ssh;

import com.jcraft.jsch.Logger;

/**
 * What JSch tells nobody but its log: why a login failed, that a connection is at its end while its
 * channels end one by one, and that a host opens channels, for each of which it would start a
 * thread.
 */
final class JschLogListener implements Logger {
  private final Runnable cut;
  private volatile boolean hungUp;
  private volatile boolean atItsEnd;

  /**
   * For one connection.
   *
   * @param cut closes its socket; may be called by who reads from it
   */
  JschLogListener(Runnable cut) {
    this.cut = cut;
  }

  /** Whether the connection was lost while the host was asked to let us in, and not refused. */
  boolean hungUpAtTheLogin() {
    return hungUp;
  }

  /** Whether the connection ends; what its channels said last is cut off. */
  boolean isAtItsEnd() {
    return atItsEnd;
  }

  @Override
  public boolean isEnabled(int level) {
    return level >= INFO;
  }

  @Override
  public void log(int level, String message) {
    if (message.startsWith("an exception during authentication\njava.")) { // of a socket
      hungUp = true;
    } else if (message.startsWith("Disconnecting from ")) {
      atItsEnd = true;
    } else if (message.startsWith("ChannelForwardedTCPIP") && message.endsWith("not registered.")) {
      cut.run();
    }
  }
}
