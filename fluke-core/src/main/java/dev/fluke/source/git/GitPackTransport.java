package dev.fluke.source.git;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
 * Git's own protocol (gitprotocol-pack(5)) over a pipe that another thread can close. JGit's own
 * connection has no such pipe, so a server that accepts and stays silent would block its thread
 * forever.
 */
final class GitPackTransport extends TcpTransport implements PackTransport {
  private static final int LONGEST = 500;

  private final Opening opening;
  private final FetchWatchdog watchdog;
  private final UnaryOperator<String> masked;

  /** Connects to the server. */
  interface Opening {
    GitTransport.Pipe open() throws IOException;
  }

  /**
   * Uses the pipe that is opened.
   *
   * @param masked removes secrets from the server's text
   */
  GitPackTransport(
      Repository local,
      URIish uri,
      FetchWatchdog watchdog,
      UnaryOperator<String> masked,
      Opening opening) {
    super(local, uri);
    this.watchdog = watchdog;
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
      throw withErrors(e, pipe);
    } catch (IOException e) {
      pipe.close();
      throw withErrors(new TransportException(getURI(), e.toString(), e), pipe);
    }
  }

  /** Adds the server's standard error to the message. */
  private TransportException withErrors(TransportException e, GitTransport.Pipe pipe) {
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
    throw new NotSupportedException("Fluke never pushes");
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
      InputStream watched = new WatchedStream(pipe.output(), git.watchdog);
      InputStream first = new ByteArrayInputStream(first(watched));
      init(
          new BufferedInputStream(new SequenceInputStream(first, watched)),
          new BufferedOutputStream(pipe.input()));
      readAdvertisedRefs();
    }

    /** Checks the first packet itself, since JGit logs it and an error may contain the secret. */
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
        throw git.withErrors(e, pipe);
      }
    }

    @Override
    public void close() {
      super.close();
      pipe.close();
    }
  }
}
