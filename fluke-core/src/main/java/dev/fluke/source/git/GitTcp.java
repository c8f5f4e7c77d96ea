package dev.fluke.source.git;

import dev.fluke.net.internal.HttpConnection;
import dev.fluke.net.internal.NetworkAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.eclipse.jgit.transport.URIish;

/** A connection to {@code git daemon}, opened for one repository. */
record GitTcp(Socket socket, InputStream output, OutputStream input) implements GitTransport.Pipe {
  private static final int PORT = 9418;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Resolves the host once, checks its addresses, and connects to the first that answers. */
  static GitTcp open(URIish uri, NetworkAccess network, FetchWatchdog watchdog) throws IOException {
    int port = uri.getPort() > 0 ? uri.getPort() : PORT;
    String host = String.valueOf(uri.getHost());
    List<InetAddress> addresses = new RedirectRule().allowed(host, true, network.addresses(host));
    HttpConnection connection = new HttpConnection(network);
    watchdog.over(connection);
    Duration silence = watchdog.silence();
    connection.connect(addresses, port, CONNECT.compareTo(silence) < 0 ? CONNECT : silence);
    Socket socket = connection.socket();
    try {
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
