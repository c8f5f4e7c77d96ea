package dev.fluke.cli.client;

import java.util.Map;

/** Asks the API. For use by one thread. */
public interface ApiClient extends AutoCloseable {

  /** Asks for a page, whose path and query are encoded. */
  ApiReply get(String target) throws UnreachableDaemonException, InterruptedException;

  /** Asks for something to be done. */
  ApiReply post(String target, Map<String, ?> body)
      throws UnreachableDaemonException, InterruptedException;

  @Override
  void close();
}
