package dev.fluke.cli.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes requests off the wire, up to 1 MiB each, lets the guard look, and has them answered. */
final class ApiHandler extends Handler.Abstract.NonBlocking {
  private static final int LONGEST = 1024 * 1024;

  private final Api api;
  private final TokenAuth guard;
  private final Deadlines deadlines;

  ApiHandler(Api api, TokenAuth guard, Deadlines deadlines) {
    this.api = api;
    this.guard = guard;
    this.deadlines = deadlines;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ApiRequest head = told(request, new byte[0]);
    Optional<ApiResponse> refusal = refusal(head, request);
    if (refusal.isPresent()) {
      inTime(request, callback, () -> JsonErrors.write(refusal.get(), response, callback));
      return true;
    }
    new Body(
            request,
            LONGEST,
            body -> inTime(request, callback, () -> read(body, request, response, callback)))
        .read();
    return true;
  }

  /** Who was too slow was told so already, and the connection closes. */
  private void inTime(Request request, Callback callback, Runnable then) {
    if (deadlines.isInTime(request)) {
      then.run();
    } else {
      callback.failed(new TimeoutException("the request took too long"));
    }
  }

  private void read(Optional<byte[]> body, Request request, Response response, Callback callback) {
    if (body.isEmpty()) {
      JsonErrors.write(ApiResponse.error(413, "a body has at most 1 MiB"), response, callback);
      return;
    }
    request
        .getComponents()
        .getExecutor()
        .execute(() -> answer(told(request, body.get()), response, callback));
  }

  private void answer(ApiRequest request, Response response, Callback callback) {
    ApiResponse answer;
    try {
      answer = api.answer(request);
    } catch (RuntimeException e) {
      callback.failed(e);
      return;
    }
    JsonErrors.write(answer, response, callback);
  }

  private Optional<ApiResponse> refusal(ApiRequest head, Request request) {
    if (!api.isOpen(head)) {
      Optional<ApiResponse> refused = guard.refuses(head);
      if (refused.isPresent()) {
        return refused;
      }
    }
    return request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)
        ? Optional.of(ApiResponse.error(415, "send the body as it is, not compressed"))
        : Optional.empty();
  }

  private static ApiRequest told(Request request, byte[] body) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      headers
          .computeIfAbsent(field.getName(), name -> new ArrayList<>())
          .add(String.valueOf(field.getValue()));
    }
    String path = String.valueOf(request.getHttpURI().getPath());
    String query = request.getHttpURI().getQuery();
    return new ApiRequest(request.getMethod(), path, query == null ? "" : query, headers, body);
  }
}
