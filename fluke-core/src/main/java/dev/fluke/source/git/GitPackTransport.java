package dev.fluke.source.git;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackTransport;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.TcpTransport;
import org.eclipse.jgit.transport.URIish;

/**
 * Git's own protocol (gitprotocol-pack(5)) over a pipe that can be closed from outside, which
 * JGit's can't: a server that accepts and stays silent would hold its thread for ever.
 */
final class GitPackTransport extends TcpTransport implements PackTransport {
  private static final int LONGEST = 500;

  private final Opening opening;
  private final FetchWatchdog watch;
  private final UnaryOperator<String> masked;

  /** Reaches the server. */
  interface Opening {
    GitTransport.Pipe open() throws IOException;
  }

  /**
   * Over what is opened.
   *
   * @param masked takes secrets out of what the server says
   */
  GitPackTransport(
      Repository local,
      URIish uri,
      FetchWatchdog watch,
      UnaryOperator<String> masked,
      Opening opening) {
    super(local, uri);
    this.watch = watch;
    this.masked = masked;
    this.opening = opening;
  }

  @Override
  public FetchConnection openFetch() throws TransportException {
    GitTransport.Pipe pipe;
    try {
      pipe = opening.open();
    } catch (TransportException e) {
      throw e;
    } catch (IOException e) {
      throw new TransportException(getURI(), e.toString(), e);
    }
    try {
      return new Fetching(this, pipe);
    } catch (TransportException e) {
      pipe.close();
      throw told(e, pipe);
    } catch (IOException e) {
      pipe.close();
      throw told(new TransportException(getURI(), e.toString(), e), pipe);
    }
  }

  /** With what the server said beside the protocol. */
  private TransportException told(TransportException e, GitTransport.Pipe pipe) {
    String said =
        masked.apply(
            pipe.errors()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; ")));
    if (said.isEmpty()) {
      return e;
    }
    return new TransportException(e.getMessage() + "; the server says: " + beginning(said), e);
  }

  private static String beginning(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  @Override
  public PushConnection openPush() throws NotSupportedException {
    throw new NotSupportedException("nothing is ever pushed");
  }

  @Override
  public void close() {
    // each connection closes its pipe
  }

  private static final class Fetching extends BasePackFetchConnection {
    private final GitPackTransport git;
    private final GitTransport.Pipe pipe;

    Fetching(GitPackTransport git, GitTransport.Pipe pipe) throws IOException {
      super(git);
      this.git = git;
      this.pipe = pipe;
      InputStream heard = new Heard(pipe.output(), git.watch);
      InputStream first = new ByteArrayInputStream(first(heard));
      init(
          new BufferedInputStream(new SequenceInputStream(first, heard)),
          new BufferedOutputStream(pipe.input()));
      readAdvertisedRefs();
    }

    /** JGit logs what a server says first; a refusal may have our secret in it. */
    private byte[] first(InputStream in) throws IOException {
      ByteArrayOutputStream first = new ByteArrayOutputStream();
      first.write(in.readNBytes(4));
      String length = first.toString(StandardCharsets.US_ASCII);
      if (length.matches("[0-9a-f]{4}")) {
        first.write(in.readNBytes(Math.max(0, Integer.parseInt(length, 16) - 4)));
      }
      String text = first.toString(StandardCharsets.UTF_8);
      if (text.startsWith("ERR ", 4)) {
        throw new TransportException(uri, beginning(git.masked.apply(text.substring(8).strip())));
      }
      return first.toByteArray();
    }

    @Override
    protected void doFetch(
        ProgressMonitor monitor, Collection<Ref> want, Set<ObjectId> have, OutputStream progress)
        throws TransportException {
      try {
        super.doFetch(monitor, want, have, progress);
      } catch (TransportException e) {
        throw git.told(e, pipe);
      }
    }

    @Override
    public void close() {
      super.close();
      pipe.close();
    }
  }

  private static final class Heard extends FilterInputStream {
    private final FetchWatchdog watch;

    Heard(InputStream in, FetchWatchdog watch) {
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
