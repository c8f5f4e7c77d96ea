package dev.fluke.cli.http;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of the API.
 *
 * @param method the allowed method
 * @param path the path, with variable segments in braces
 * @param isOpen whether the page needs no token
 * @param handler handles requests
 */
record Route(String method, String path, boolean isOpen, Handler handler) {

  /** Handles a request, given the values of the variable segments. */
  interface Handler {
    ApiResponse handle(ApiRequest request, List<String> names);
  }

  /** A page that needs the token. */
  static Route of(String method, String path, Handler handler) {
    return new Route(method, path, false, handler);
  }

  /** A page that needs no token. */
  static Route open(String method, String path, Handler handler) {
    return new Route(method, path, true, handler);
  }

  private List<String> parts() {
    return Splitter.on('/').splitToList(path.substring(1));
  }

  private static boolean isVariable(String part) {
    return part.startsWith("{");
  }

  /** Whether a path of these segments belongs to this page. */
  boolean matches(List<String> segments) {
    List<String> parts = parts();
    boolean same = parts.size() == segments.size();
    for (int i = 0; same && i < parts.size(); i++) {
      same = isVariable(parts.get(i)) || parts.get(i).equals(segments.get(i));
    }
    return same;
  }

  ApiResponse handle(ApiRequest request, List<String> segments) {
    List<String> parts = parts();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (isVariable(parts.get(i))) {
        names.add(segments.get(i));
      }
    }
    return handler.handle(request, names);
  }
}
