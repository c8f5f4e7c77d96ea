package dev.fluke.cli.client;

import java.util.Map;

/** Sends requests to the API. For use by one thread. */
public interface ApiClient extends AutoCloseable {

  /** Sends a GET request; path and query must be encoded. */
  ApiReply get(String target) throws UnreachableDaemonException, InterruptedException;

  /** Sends a POST request with a JSON body. */
  ApiReply post(String target, Map<String, ?> body)
      throws UnreachableDaemonException, InterruptedException;

  @Override
  void close();
}
