package dev.fluke.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.OpenShell;
import dev.fluke.transport.ShellLine;
import dev.fluke.transport.ShellOutput;
import dev.fluke.transport.UnreachableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A connection to a host, logged in. Each shell is a channel of it. */
final class SshLine implements ShellLine {
  private static final Duration TO_OPEN = Duration.ofSeconds(10);
  private static final String SHELL = "/bin/sh";

  /** JSch's message when the host refuses to open a channel. */
  private static final String CHANNEL_REFUSED = "channel is not opened.";

  private final Login login;
  private final List<SshLine> jumps;
  private final SshConnector connector;
  private final InterruptibleCall interruptible;
  private final SendWatchdog watchdog;

  /**
   * A session that is logged in, and what was set up with it.
   *
   * @param cut closes the socket, so that reading and writing end at once
   * @param keepAlive asks until the line is closed
   * @param log knows that the connection is closing before the session does
   */
  record Login(Session session, Runnable cut, KeepAlive keepAlive, JschLogListener log) {}

  /**
   * A line over this session.
   *
   * @param jumps the lines that it goes through, the nearest to the host last
   * @param connector opened it, and can open another
   */
  SshLine(Login login, Scheduler scheduler, List<SshLine> jumps, SshConnector connector) {
    this.login = login;
    this.jumps = jumps;
    this.connector = connector;
    this.interruptible = new InterruptibleCall(scheduler);
    this.watchdog = new SendWatchdog(scheduler, login.cut);
  }

  @Override
  public OpenShell open(ShellOutput output)
      throws UnreachableException, IOException, InterruptedException {
    return run(SHELL, output);
  }

  @Override
  public ShellLine another() throws UnreachableException, InterruptedException {
    return connector.connect();
  }

  @Override
  public OpenShell run(String words, ShellOutput output)
      throws UnreachableException, IOException, InterruptedException {
    try {
      return interruptible.call(
          "fluke-ssh-channel", TO_OPEN, login.cut, () -> channel(words, output));
    } catch (UnreachableException | IOException | InterruptedException e) {
      throw e;
    } catch (InterruptibleCall.TimedOutException e) {
      throw UnreachableException.because(
          "the host no longer answers: no channel within %d s".formatted(TO_OPEN.toSeconds()));
    } catch (Exception e) {
      String why = "no channel: " + e.getMessage();
      if (CHANNEL_REFUSED.equals(e.getMessage())) {
        throw new IOException(why);
      }
      throw UnreachableException.because(why);
    }
  }

  /** Connects without JSch's timeout, with which JSch polls for each answer every 10 ms. */
  private OpenShell channel(String words, ShellOutput output) throws Exception {
    if (!isOpen()) {
      throw UnreachableException.because("the connection was lost");
    }
    ChannelExec channel = (ChannelExec) login.session.openChannel("exec");
    channel.setCommand(words);
    SshShell shell = SshShell.in(channel, output, watchdog);
    try {
      channel.connect();
      return shell;
    } catch (JSchException e) {
      channel.disconnect();
      throw e;
    }
  }

  Session session() {
    return login.session;
  }

  /** Closes the socket, so that reading and writing end, and closing does not wait for the host. */
  void cut() {
    login.cut.run();
  }

  @Override
  public boolean isOpen() {
    return !login.log.isClosing() && login.session.isConnected();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(connector.remarks());
    jumps.forEach(jump -> remarks.addAll(jump.remarks()));
    return List.copyOf(remarks);
  }

  @Override
  public void close() {
    login.keepAlive.stop();
    watchdog.sendLast(login.session::disconnect);
    cut();
    for (int i = jumps.size() - 1; i >= 0; i--) {
      jumps.get(i).close();
    }
  }
}
