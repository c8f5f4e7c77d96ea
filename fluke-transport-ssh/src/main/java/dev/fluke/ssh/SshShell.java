package dev.fluke.ssh;

import com.jcraft.jsch.ChannelExec;
import dev.fluke.transport.OpenShell;
import dev.fluke.transport.ShellOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** One shell or command on the host, in a channel of its own. */
final class SshShell implements OpenShell {
  /** A host buffers this much even if its shell does not read; more may have to wait for it. */
  private static final int ALWAYS_TAKEN = 32 * 1024;

  private final ChannelExec channel;
  private final SshInput input;
  private final SendWatchdog watchdog;

  private SshShell(ChannelExec channel, SshInput input, SendWatchdog watchdog) {
    this.channel = channel;
    this.input = input;
    this.watchdog = watchdog;
  }

  /** Prepares a channel that is not connected yet. */
  static SshShell in(ChannelExec channel, ShellOutput output, SendWatchdog watchdog)
      throws IOException {
    SshInput input = new SshInput(new Source(channel));
    channel.setOutputStream(
        new Sink(
            output::out,
            () -> {
              input.closedByHost();
              output.outEnded();
            }));
    channel.setErrStream(new Sink(output::err, output::errEnded));
    return new SshShell(channel, input, watchdog);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (bytes.length <= ALWAYS_TAKEN) {
      watchdog.send(() -> input.write(bytes));
    } else {
      input.write(bytes);
    }
  }

  @Override
  public boolean isAlive() {
    return channel.isConnected();
  }

  /** Closes the channel. That ends no process on the host, and leaves nothing in this process. */
  @Override
  public boolean end(Duration grace) {
    disconnect();
    return true;
  }

  @Override
  public void leave(Optional<String> finished) {
    disconnect();
  }

  private void disconnect() {
    watchdog.sendLast(
        () -> {
          input.closingHere();
          channel.disconnect();
        });
  }

  /** Sends through a stream of JSch, which is let go of each time: it keeps a buffer of 32 KiB. */
  private static final class Source extends OutputStream {
    private final ChannelExec channel;

    Source(ChannelExec channel) {
      this.channel = channel;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      OutputStream stream = channel.getOutputStream();
      stream.write(bytes, from, length);
      stream.flush();
    }
  }

  /**
   * Passes on what arrives, on the thread that reads for all channels. The receiver must not block:
   * that would hold up the other channels.
   */
  private static final class Sink extends OutputStream {
    private final Receiver receiver;
    private final Runnable ended;

    interface Receiver {
      void accept(byte[] bytes, int from, int length);
    }

    Sink(Receiver receiver, Runnable ended) {
      this.receiver = receiver;
      this.ended = ended;
    }

    @Override
    public void write(int one) {
      receiver.accept(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      receiver.accept(bytes, from, length);
    }

    @Override
    public void close() {
      ended.run();
    }
  }
}
