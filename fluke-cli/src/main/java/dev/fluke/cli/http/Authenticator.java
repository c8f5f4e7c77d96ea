package dev.fluke.cli.http;

import org.eclipse.jetty.server.Request;

/**
 * Finds out who sends a request. Each connector has one, as a bean. Used by many threads at once.
 */
interface Authenticator {

  /**
   * Finds the caller, before the body is read.
   *
   * @param request the request, for its connection
   * @param head the same request without its body and without a caller
   */
  Authentication authenticate(Request request, ApiRequest head);
}
