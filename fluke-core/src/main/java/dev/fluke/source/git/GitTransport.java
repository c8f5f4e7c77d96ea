package dev.fluke.source.git;

import dev.fluke.time.Scheduler;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reaches the hosts of repositories with {@code ssh://} or {@code git@host:path} URLs. The module
 * fluke-transport-ssh has one, which a {@link java.util.ServiceLoader} finds; {@link
 * GitSource#over} sets another. Must be immutable and thread-safe.
 */
public interface GitTransport {

  /**
   * The route to this place. Opens no connection.
   *
   * @throws IllegalArgumentException if this transport leads elsewhere; the message says why
   */
  Route routeTo(Place place);

  /**
   * The host that a URL names.
   *
   * @param host a name or an address; an IPv6 address has no brackets
   * @param user empty if the URL has none
   * @param port empty if the URL has none
   */
  record Place(String host, Optional<String> user, OptionalInt port) {}

  /** The route to one host. */
  interface Route {

    /**
     * Authenticates once and starts a command in the host's shell. May block; an interrupt ends it.
     *
     * @param scheduler time and threads
     * @throws Exception if that fails; the message contains no secret, and no connection stays open
     */
    Pipe run(String command, Scheduler scheduler) throws Exception;

    /** The text without the secrets of this route, which the host may have sent back. */
    String masked(String text);
  }

  /** A running command: its input and its output. */
  interface Pipe extends Closeable {

    /** Its standard output. */
    InputStream output();

    /** Its standard input. */
    OutputStream input();

    /** The beginning of its standard error so far. */
    String errors();

    /** Closes the connection, also while another thread reads or writes; does not block. */
    @Override
    void close();
  }
}
