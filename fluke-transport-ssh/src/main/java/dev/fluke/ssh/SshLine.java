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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A connection to a host, logged in; each shell is a channel of it. */
final class SshLine implements ShellLine {
  private static final Duration TO_OPEN = Duration.ofSeconds(10);
  private static final Duration TO_SEND = Duration.ofSeconds(10);

  /** For how long who lets go waits for that to be sent. */
  private static final Duration LAST_WORDS = Duration.ofMillis(700);

  private static final String SHELL = "/bin/sh";

  /** As JSch says it: the host has opened no channel, and nothing more was sent. */
  private static final String NO_ROOM = "channel is not opened.";

  private final Session session;
  private final Scheduler real;
  private final InterruptibleCall patience;
  private final List<SshLine> jumps;
  private final Runnable cut;
  private final SshConnector dial;
  private final KeepAlive signs;
  private final JschLogListener overheard;

  /**
   * A line.
   *
   * @param dial opened it, and may open another
   * @param signs what asks the host for them, until the line is closed
   * @param jumps the lines that this one goes through, the nearest to the host last
   * @param cut closes its socket under whoever waits for it
   * @param overheard knows of its end before the session says so
   */
  SshLine(
      Session session,
      Scheduler real,
      List<SshLine> jumps,
      Runnable cut,
      SshConnector dial,
      KeepAlive signs,
      JschLogListener overheard) {
    this.session = session;
    this.real = real;
    this.patience = new InterruptibleCall(real);
    this.jumps = jumps;
    this.cut = cut;
    this.dial = dial;
    this.signs = signs;
    this.overheard = overheard;
  }

  @Override
  public OpenShell open(ShellOutput output)
      throws UnreachableException, IOException, InterruptedException {
    return run(SHELL, output);
  }

  @Override
  public ShellLine another() throws UnreachableException, InterruptedException {
    return dial.line();
  }

  @Override
  public OpenShell run(String words, ShellOutput output)
      throws UnreachableException, IOException, InterruptedException {
    try {
      return patience.call("fluke-ssh-channel", TO_OPEN, cut, () -> channel(words, output));
    } catch (UnreachableException | IOException | InterruptedException e) {
      throw e;
    } catch (InterruptibleCall.OverException e) {
      throw UnreachableException.because(
          "the host answers no more: no channel within " + TO_OPEN.toSeconds() + " s");
    } catch (Exception e) {
      String why = "no channel: " + e.getMessage();
      if (NO_ROOM.equals(e.getMessage())) {
        throw new IOException(why);
      }
      throw UnreachableException.because(why);
    }
  }

  /** Without a timeout: with one, each request is waited for in steps of 10 ms. */
  private OpenShell channel(String words, ShellOutput output) throws Exception {
    if (!isOpen()) {
      throw UnreachableException.because("the connection was lost");
    }
    ChannelExec channel = (ChannelExec) session.openChannel("exec");
    channel.setCommand(words);
    SshShell shell = SshShell.in(channel, output, this::lastWords, this::sendInTime);
    try {
      channel.connect();
      return shell;
    } catch (JSchException e) {
      channel.disconnect();
      throw e;
    }
  }

  /**
   * To let go is to send something, which waits for a host that exchanges keys, and for ever for
   * one that reads no more: who lets go does not.
   */
  private void lastWords(Runnable goodbye) {
    CountDownLatch said = new CountDownLatch(1);
    Scheduler.Timer timer = cutInTime();
    real.start(
        "fluke-ssh-goodbye",
        () -> {
          try {
            goodbye.run();
          } finally {
            timer.cancel();
            said.countDown();
          }
        });
    try {
      // if not by then, it is said later, or the connection is cut
      boolean unused = said.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Scheduler.Timer cutInTime() {
    return real.after(TO_SEND, () -> real.start("fluke-ssh-cut", cut)); // it may block
  }

  /** A host that takes nothing, and yet gives signs of life, would be waited for without end. */
  private void sendInTime(SshShell.Sending sending) throws IOException {
    Scheduler.Timer timer = cutInTime();
    try {
      sending.now();
    } finally {
      timer.cancel();
    }
  }

  Session session() {
    return session;
  }

  /** Takes the socket from whoever reads or writes; then closing does not wait for the host. */
  void cut() {
    cut.run();
  }

  @Override
  public boolean isOpen() {
    return !overheard.isAtItsEnd() && session.isConnected();
  }

  @Override
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>(dial.remarks());
    jumps.forEach(jump -> remarks.addAll(jump.remarks()));
    return List.copyOf(remarks);
  }

  @Override
  public void close() {
    signs.end();
    lastWords(session::disconnect);
    cut.run();
    for (int i = jumps.size() - 1; i >= 0; i--) {
      jumps.get(i).close();
    }
  }
}
