package dev.fluke.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Reaches a host through a channel of the connection to its jump host, as {@code ssh -J} does. */
final class JumpTunnel implements Proxy {
  private final Session jump;
  private final KeepAlive keepAlive;
  private @Nullable ChannelDirectTCPIP channel;
  private @Nullable InputStream in;
  private @Nullable OutputStream out;

  /**
   * A tunnel that is not connected yet.
   *
   * @param jump the connection to the jump host
   * @param keepAlive is given what arrives from the host
   */
  JumpTunnel(Session jump, KeepAlive keepAlive) {
    this.jump = jump;
    this.keepAlive = keepAlive;
  }

  /** The timeout is left to the caller, which closes the tunnel when it has passed. */
  @Override
  public void connect(@Nullable SocketFactory unused, String host, int port, int timeout)
      throws Exception {
    ChannelDirectTCPIP opened = (ChannelDirectTCPIP) jump.openChannel("direct-tcpip");
    opened.setHost(host);
    opened.setPort(port);
    in = keepAlive.observed(opened.getInputStream());
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
    return null; // a channel has none
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.disconnect();
    }
  }
}
