package dev.fluke.source;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.TcpTransport;
import org.eclipse.jgit.transport.URIish;

/**
 * Git's own protocol (gitprotocol-pack(5)) over a socket that can be closed from outside, which
 * JGit's can't: a server that accepts and stays silent would hold its thread for ever.
 */
final class GitTcp extends TcpTransport implements PackTransport {
  private static final int PORT = 9418;
  private static final int CONNECT_MILLIS = 10_000;

  private final Watch watch;

  GitTcp(Repository local, URIish uri, Watch watch) {
    super(local, uri);
    this.watch = watch;
  }

  @Override
  public FetchConnection openFetch() throws TransportException {
    return new Fetching(this, watch);
  }

  @Override
  public PushConnection openPush() throws NotSupportedException {
    throw new NotSupportedException("nothing is ever pushed");
  }

  @Override
  public void close() {
    // each connection closes its socket
  }

  private static final class Fetching extends BasePackFetchConnection {
    private final Socket socket = new Socket();

    Fetching(GitTcp transport, Watch watch) throws TransportException {
      super(transport);
      watch.over(socket);
      try {
        int port = uri.getPort() > 0 ? uri.getPort() : PORT;
        int millis = (int) Math.min(CONNECT_MILLIS, watch.silence().toMillis());
        socket.connect(new InetSocketAddress(uri.getHost(), port), millis);
        init(
            new BufferedInputStream(new Heard(socket.getInputStream(), watch)),
            new BufferedOutputStream(socket.getOutputStream()));
        pckOut.writeString("git-upload-pack " + uri.getPath() + "\0host=" + uri.getHost() + "\0");
        pckOut.flush();
      } catch (IOException e) {
        close();
        throw new TransportException(uri, e.toString(), e);
      }
      readAdvertisedRefs();
    }

    @Override
    public void close() {
      super.close();
      try {
        socket.close();
      } catch (IOException e) {
        // it is gone, which is what was wanted
      }
    }
  }

  private static final class Heard extends FilterInputStream {
    private final Watch watch;

    Heard(InputStream in, Watch watch) {
      super(in);
      this.watch = watch;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      watch.heard();
      return read;
    }
  }
}
