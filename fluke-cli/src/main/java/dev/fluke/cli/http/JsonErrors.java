package dev.fluke.cli.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Sends responses, and errors of the HTTP server as JSON. The latter repeat nothing of the request.
 */
final class JsonErrors implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    send(ApiResponse.error(status, HttpStatus.getMessage(status)), response, callback);
    return true;
  }

  /** Sends a response; the client must read it in time. */
  void send(ApiResponse result, Response response, Callback callback) {
    response.setStatus(result.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, result.type());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (result.status() == HttpStatus.UNAUTHORIZED_401) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    result.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    byte[] body = result.text().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    Request request = response.getRequest();
    Callback end = Deadlines.of(request).sending(request, body.length, callback);
    response.write(true, BufferUtil.toBuffer(body), end);
  }
}
