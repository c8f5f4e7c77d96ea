package dev.fluke.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A way to a host through another that we are logged in to, as with {@code ssh -J}. */
final class JumpTunnel implements Proxy {
  private final Session through;
  private final KeepAlive signs;
  private @Nullable ChannelDirectTCPIP channel;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  JumpTunnel(Session through, KeepAlive signs) {
    this.through = through;
    this.signs = signs;
  }

  @Override
  public void connect(@Nullable SocketFactory unused, String host, int port, int timeout)
      throws Exception {
    ChannelDirectTCPIP opened = (ChannelDirectTCPIP) through.openChannel("direct-tcpip");
    opened.setHost(host);
    opened.setPort(port);
    in = signs.heard(opened.getInputStream());
    out = opened.getOutputStream();
    channel = opened;
    opened.connect(0);
  }

  @Override
  public @Nullable InputStream getInputStream() {
    return in;
  }

  @Override
  public @Nullable OutputStream getOutputStream() {
    return out;
  }

  @Override
  public @Nullable Socket getSocket() {
    return null; // there is none
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.disconnect();
    }
  }
}
