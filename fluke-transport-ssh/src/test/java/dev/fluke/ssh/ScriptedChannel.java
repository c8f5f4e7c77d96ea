package dev.fluke.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * One channel of a scripted server.
 *
 * @param words what the client asked to be run
 */
record ScriptedChannel(
    ScriptedServer server,
    ChannelSession channel,
    String words,
    InputStream in,
    OutputStream out,
    OutputStream err) {
  private static final Duration TO_SEND = Duration.ofSeconds(30);

  /** A part of a message. */
  interface Part {
    void into(Buffer message);
  }

  /** Whether a shell is wanted that is kept. */
  boolean wantsShell() {
    return words.equals("/bin/sh");
  }

  Session session() {
    return channel.getSession();
  }

  void print(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void printError(byte[] bytes) throws IOException {
    err.write(bytes);
    err.flush();
  }

  void status(int status) throws IOException {
    ofThis(
        SshConstants.SSH_MSG_CHANNEL_REQUEST,
        message -> {
          message.putString("exit-status");
          message.putBoolean(false);
          message.putUInt(status);
        });
  }

  void eof() throws IOException {
    ofThis(SshConstants.SSH_MSG_CHANNEL_EOF, message -> {});
  }

  void close() throws IOException {
    ofThis(SshConstants.SSH_MSG_CHANNEL_CLOSE, message -> {});
  }

  /** Sends a message about this channel. */
  void ofThis(byte type, Part rest) throws IOException {
    send(
        session(),
        type,
        message -> {
          message.putUInt(channel.getRecipient());
          rest.into(message);
        });
  }

  /** Sends any message, and waits until it is on its way. */
  static void send(Session session, byte type, Part body) throws IOException {
    Buffer message = session.createBuffer(type);
    body.into(message);
    session.writePacket(message).verify(TO_SEND);
  }

  /** Runs the words and hands bytes to and fro, until the shell ends; then the channel ends. */
  void serve() throws Exception {
    Process process = server.process("exec " + words);
    var fed = Lab.aside(() -> in.transferTo(new Flushing(process.getOutputStream())));
    var errors = Lab.aside(() -> process.getErrorStream().transferTo(new Flushing(err)));
    process.getInputStream().transferTo(new Flushing(out));
    errors.join();
    eof();
    status(process.waitFor());
    close();
    fed.cancel(true);
  }

  /** What is written goes at once. */
  private static final class Flushing extends OutputStream {
    private final OutputStream to;

    Flushing(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      to.write(bytes, from, length);
      to.flush();
    }
  }
}
