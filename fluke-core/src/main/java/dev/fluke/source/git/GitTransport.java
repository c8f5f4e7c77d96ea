package dev.fluke.source.git;

import dev.fluke.time.Scheduler;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the hosts of repositories are reached whose URLs are {@code ssh://} or {@code git@host:path}.
 * The module fluke-transport-ssh has one, which a {@link java.util.ServiceLoader} finds; another
 * can be handed to {@link GitSource#over}.
 */
public interface GitTransport {

  /**
   * The way to this place. Nothing is dialled.
   *
   * @throws IllegalArgumentException if it does not lead there; the message says why
   */
  Route routeTo(Place place);

  /**
   * Where the URL leads.
   *
   * @param host a name or an address, an IPv6 one without brackets
   * @param user who logs in; empty if the URL does not say
   * @param port empty if the URL does not say
   */
  record Place(String host, Optional<String> user, OptionalInt port) {}

  /** The way to one host. */
  interface Route {

    /**
     * Logs in, once, and starts a command of the host's shell. May block; an interrupt ends it.
     *
     * @param scheduler time and threads
     * @throws Exception says why not, in words without secrets; nothing is left behind
     */
    Pipe run(String command, Scheduler scheduler) throws Exception;

    /** The text without the secrets with which it logs in, should the host send one back. */
    String masked(String text);
  }

  /** A command that runs: what it prints and what it reads. */
  interface Pipe extends Closeable {

    /** What it prints on its standard output. */
    InputStream output();

    /** What it reads from its standard input. */
    OutputStream input();

    /** What it has printed on its standard error so far; the beginning is enough. */
    String errors();

    /** Closes the connection, also under a thread that reads or writes, and does not block. */
    @Override
    void close();
  }
}
