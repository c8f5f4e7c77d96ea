package dev.fluke.ssh;

import com.jcraft.jsch.ChannelExec;
import dev.fluke.source.git.GitTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A command in the only channel of a connection.
 *
 * @param said keeps what it prints on its standard error
 */
record SshPipe(SshLine line, InputStream output, OutputStream input, Said said)
    implements GitTransport.Pipe {

  /** Before the channel is connected. */
  static SshPipe of(SshLine line, ChannelExec channel) throws IOException {
    Said said = new Said();
    channel.setErrStream(said);
    return new SshPipe(line, channel.getInputStream(), channel.getOutputStream(), said);
  }

  @Override
  public String errors() {
    return said.text();
  }

  @Override
  public void close() {
    line.cut();
    line.close();
  }

  /** The beginning of what was written; never blocks, and takes the rest for nothing. */
  static final class Said extends OutputStream {
    private static final int MOST = 4 * 1024;

    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      beginning.write(bytes, from, Math.min(length, MOST - beginning.size()));
    }

    synchronized String text() {
      return beginning.toString(StandardCharsets.UTF_8);
    }
  }
}
