package dev.fluke.ssh;

import com.jcraft.jsch.ChannelExec;
import dev.fluke.source.git.GitTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A Git command on the host, in the only channel of a connection. */
record SshPipe(SshLine line, InputStream output, OutputStream input, ErrorOutput errorOutput)
    implements GitTransport.Pipe {

  /** Prepares a channel that is not connected yet. */
  static SshPipe of(SshLine line, ChannelExec channel) throws IOException {
    ErrorOutput errors = new ErrorOutput();
    channel.setErrStream(errors);
    return new SshPipe(line, channel.getInputStream(), channel.getOutputStream(), errors);
  }

  @Override
  public String errors() {
    return errorOutput.text();
  }

  @Override
  public void close() {
    line.cut();
    line.close();
  }

  /** Keeps the first 4 KiB of standard error and drops the rest; never blocks. */
  static final class ErrorOutput extends OutputStream {
    private static final int LIMIT = 4 * 1024;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      kept.write(bytes, from, Math.min(length, LIMIT - kept.size()));
    }

    synchronized String text() {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }
}
