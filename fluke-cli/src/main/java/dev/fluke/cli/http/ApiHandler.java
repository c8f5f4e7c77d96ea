package dev.fluke.cli.http;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads HTTP requests of up to 1 MiB, asks the authenticator of their connector who sends them, and
 * passes them to the API.
 */
final class ApiHandler extends Handler.Abstract.NonBlocking {
  private static final int MAX_BODY = 1024 * 1024;

  private final Api api;
  private final Logins logins;
  private final JsonErrors responses = new JsonErrors();

  ApiHandler(Api api) {
    this.api = api;
    this.logins = new Logins(api);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ApiRequest head = head(request);
    logins.check(request, head, who -> handle(who, head, request, response, callback));
    return true;
  }

  private void handle(
      Authentication who, ApiRequest head, Request request, Response response, Callback callback) {
    if (who instanceof Authentication.Refused refused) {
      inTime(request, callback, () -> responses.send(refused.response(), response, callback));
      return;
    }
    ApiRequest sent = head.by(((Authentication.Accepted) who).caller());
    if (request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
      ApiResponse compressed = ApiResponse.error(415, "the body must not be compressed");
      inTime(request, callback, () -> refuse(sent, compressed, response, callback));
      return;
    }
    new Body(
            request,
            MAX_BODY,
            length -> Deadlines.of(request).received(request, length),
            body -> inTime(request, callback, () -> read(sent, body, request, response, callback)))
        .read();
  }

  /** The audit may wait for the disk, so it does not get the thread of the network. */
  private void refuse(
      ApiRequest sent, ApiResponse rejection, Response response, Callback callback) {
    Workers.of(response.getRequest())
        .execute(
            () -> {
              try {
                api.refused(sent, rejection);
                responses.send(rejection, response, callback);
              } catch (Throwable e) { // without an end, its connection would keep its place
                callback.failed(e);
              }
            });
  }

  /** A request that missed its deadline has its response already; its connection is closed. */
  private void inTime(Request request, Callback callback, Runnable then) {
    if (!Deadlines.of(request).isInTime(request)) {
      callback.failed(new TimeoutException("the request took too long"));
      return;
    }
    try {
      then.run();
    } catch (Throwable e) { // such as no thread
      callback.failed(e);
    }
  }

  private void read(
      ApiRequest sent,
      Optional<byte[]> body,
      Request request,
      Response response,
      Callback callback) {
    if (body.isEmpty()) {
      ApiResponse large = ApiResponse.error(413, "the body must be at most 1 MiB");
      refuse(sent, large, response, callback);
      return;
    }
    Executor executor =
        api.isOpen(sent) ? request.getComponents().getExecutor() : Workers.of(request);
    executor.execute(() -> handle(sent.body(body.get()), request, response, callback));
  }

  private void handle(ApiRequest sent, Request request, Response response, Callback callback) {
    try {
      ApiResponse result = api.handle(sent);
      logins.responded(request, sent, result);
      responses.send(result, response, callback);
    } catch (Throwable e) { // without an end, its connection would keep its place
      callback.failed(e);
    }
  }

  private static ApiRequest head(Request request) {
    ListMultimap<String, String> headers =
        MultimapBuilder.treeKeys(String.CASE_INSENSITIVE_ORDER).arrayListValues().build();
    for (HttpField field : request.getHeaders()) {
      headers.put(field.getName(), String.valueOf(field.getValue()));
    }
    String path = String.valueOf(request.getHttpURI().getPath());
    String query = request.getHttpURI().getQuery();
    return new ApiRequest(
            request.getMethod(),
            path,
            query == null ? "" : query,
            Multimaps.asMap(headers),
            new byte[0])
        .from(address(request));
  }

  private static String address(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress
        ? Request.getRemoteAddr(request)
        : ClientAddress.UNIX;
  }
}
