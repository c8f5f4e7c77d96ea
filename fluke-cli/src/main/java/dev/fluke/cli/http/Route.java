package dev.fluke.cli.http;

import com.google.common.base.Splitter;
import dev.fluke.cli.access.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A page of the API.
 *
 * @param method the allowed method
 * @param path the path, with variable segments in braces
 * @param rights the rights of which a caller needs one; empty if the page needs no caller
 * @param handler handles requests
 */
record Route(String method, String path, Set<Right> rights, Handler handler) {

  /** Handles a request, given the values of the variable segments. */
  interface Handler {
    ApiResponse handle(Call call, List<String> names);
  }

  /** A page for callers with this right. */
  static Route of(String method, String path, Right right, Handler handler) {
    return new Route(method, path, Set.of(right), handler);
  }

  /** A page for callers with any of these rights. */
  static Route ofAny(String method, String path, Set<Right> rights, Handler handler) {
    return new Route(method, path, rights, handler);
  }

  /** A page for everyone. */
  static Route open(String method, String path, Handler handler) {
    return new Route(method, path, Set.of(), handler);
  }

  /** Whether the page needs no caller. */
  boolean isOpen() {
    return rights.isEmpty();
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

  ApiResponse handle(Call call, List<String> segments) {
    List<String> parts = parts();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (isVariable(parts.get(i))) {
        names.add(segments.get(i));
      }
    }
    return handler.handle(call, names);
  }
}
