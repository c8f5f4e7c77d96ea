package dev.fluke.source.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.transport.URIish;

/** A connection to {@code git daemon}, opened for one repository. */
record GitTcp(Socket socket, InputStream output, OutputStream input) implements GitTransport.Pipe {
  private static final int PORT = 9418;
  private static final int CONNECT_MILLIS = 10_000;

  static GitTcp open(URIish uri, FetchWatchdog watchdog) throws IOException {
    Socket socket = new Socket();
    watchdog.over(socket);
    try {
      int port = uri.getPort() > 0 ? uri.getPort() : PORT;
      int millis = (int) Math.min(CONNECT_MILLIS, watchdog.silence().toMillis());
      socket.connect(new InetSocketAddress(uri.getHost(), port), millis);
      String wanted = "git-upload-pack " + uri.getPath() + "\0host=" + uri.getHost() + "\0";
      byte[] packet = wanted.getBytes(StandardCharsets.UTF_8);
      OutputStream out = socket.getOutputStream();
      out.write(String.format("%04x", packet.length + 4).getBytes(StandardCharsets.US_ASCII));
      out.write(packet);
      return new GitTcp(socket, socket.getInputStream(), out);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public String errors() {
    return "";
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // closed anyway
    }
  }
}
