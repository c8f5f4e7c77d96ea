package dev.fluke.cli.http;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads HTTP requests of up to 1 MiB, checks their token, and passes them to the API. */
final class ApiHandler extends Handler.Abstract.NonBlocking {
  private static final int MAX_BODY = 1024 * 1024;

  private final Api api;
  private final TokenAuth auth;
  private final Deadlines deadlines;

  ApiHandler(Api api, TokenAuth auth, Deadlines deadlines) {
    this.api = api;
    this.auth = auth;
    this.deadlines = deadlines;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ApiRequest head = toApiRequest(request, new byte[0]);
    Optional<ApiResponse> rejection = rejection(head, request);
    if (rejection.isPresent()) {
      inTime(request, callback, () -> JsonErrors.send(rejection.get(), response, callback));
      return true;
    }
    new Body(
            request,
            MAX_BODY,
            body -> inTime(request, callback, () -> read(body, request, response, callback)))
        .read();
    return true;
  }

  /** A request that missed its deadline has its response already; its connection closes. */
  private void inTime(Request request, Callback callback, Runnable then) {
    if (deadlines.isInTime(request)) {
      then.run();
    } else {
      callback.failed(new TimeoutException("the request took too long"));
    }
  }

  private void read(Optional<byte[]> body, Request request, Response response, Callback callback) {
    if (body.isEmpty()) {
      JsonErrors.send(ApiResponse.error(413, "the body must be at most 1 MiB"), response, callback);
      return;
    }
    request
        .getComponents()
        .getExecutor()
        .execute(() -> handle(toApiRequest(request, body.get()), response, callback));
  }

  private void handle(ApiRequest request, Response response, Callback callback) {
    ApiResponse result;
    try {
      result = api.handle(request);
    } catch (RuntimeException e) {
      callback.failed(e);
      return;
    }
    JsonErrors.send(result, response, callback);
  }

  private Optional<ApiResponse> rejection(ApiRequest head, Request request) {
    if (!api.isOpen(head)) {
      Optional<ApiResponse> unauthorised = auth.rejection(head);
      if (unauthorised.isPresent()) {
        return unauthorised;
      }
    }
    return request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)
        ? Optional.of(ApiResponse.error(415, "the body must not be compressed"))
        : Optional.empty();
  }

  private static ApiRequest toApiRequest(Request request, byte[] body) {
    ListMultimap<String, String> headers =
        MultimapBuilder.treeKeys(String.CASE_INSENSITIVE_ORDER).arrayListValues().build();
    for (HttpField field : request.getHeaders()) {
      headers.put(field.getName(), String.valueOf(field.getValue()));
    }
    String path = String.valueOf(request.getHttpURI().getPath());
    String query = request.getHttpURI().getQuery();
    return new ApiRequest(
        request.getMethod(), path, query == null ? "" : query, Multimaps.asMap(headers), body);
  }
}
