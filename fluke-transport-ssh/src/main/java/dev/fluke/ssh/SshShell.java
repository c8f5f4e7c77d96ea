package dev.fluke.ssh;

import com.jcraft.jsch.ChannelExec;
import dev.fluke.transport.OpenShell;
import dev.fluke.transport.ShellOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** One shell on the host, in a channel of its own. */
final class SshShell implements OpenShell {
  /** A host has room for this much, whether its shell reads or not; more may wait for the shell. */
  private static final int TAKEN_AT_ONCE = 32 * 1024;

  private final ChannelExec channel;
  private final SshInput input;
  private final Consumer<Runnable> lastWords;
  private final Watch watch;

  /** Ends what takes too long to be sent. */
  interface Watch {
    void over(Sending sending) throws IOException;
  }

  /** Sends something; may block. */
  interface Sending {
    void now() throws IOException;
  }

  private SshShell(ChannelExec channel, SshInput input, Consumer<Runnable> lastWords, Watch watch) {
    this.channel = channel;
    this.input = input;
    this.lastWords = lastWords;
    this.watch = watch;
  }

  /**
   * Before the channel is connected.
   *
   * @param lastWords sends what it is given to send, or gives the connection up, and takes no time
   * @param watch over what any shell takes at once
   */
  static SshShell in(
      ChannelExec channel, ShellOutput output, Consumer<Runnable> lastWords, Watch watch)
      throws IOException {
    SshInput input = new SshInput(channel.getOutputStream());
    channel.setOutputStream(
        new Sink(
            output::out,
            () -> {
              input.endedThere();
              output.outEnded();
            }));
    channel.setErrStream(new Sink(output::err, output::errEnded));
    return new SshShell(channel, input, lastWords, watch);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (bytes.length <= TAKEN_AT_ONCE) {
      watch.over(() -> input.write(bytes));
    } else {
      input.write(bytes);
    }
  }

  @Override
  public boolean isAlive() {
    return channel.isConnected();
  }

  /** Closing a channel ends nothing on the host, and leaves nothing here. */
  @Override
  public boolean end(Duration grace) {
    letGo();
    return true;
  }

  @Override
  public void leave(Optional<String> finished) {
    letGo();
  }

  private void letGo() {
    lastWords.accept(
        () -> {
          input.endsHere();
          channel.disconnect();
        });
  }

  /**
   * Hands on what comes, and waits for nobody who reads: a channel that is not read holds up all
   * others.
   */
  private static final class Sink extends OutputStream {
    private final Taker taker;
    private final Runnable ended;

    interface Taker {
      void take(byte[] bytes, int from, int length);
    }

    Sink(Taker taker, Runnable ended) {
      this.taker = taker;
      this.ended = ended;
    }

    @Override
    public void write(int one) {
      taker.take(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      taker.take(bytes, from, length);
    }

    @Override
    public void close() {
      ended.run();
    }
  }
}
