package dev.fluke.cli.http;

import java.util.ArrayList;
import java.util.List;

/**
 * A page of the API.
 *
 * @param method the only one that is allowed
 * @param path with names in braces
 * @param isOpen whether nobody needs a token for it
 * @param handler what answers
 */
record Route(String method, String path, boolean isOpen, Handler handler) {

  /** Answers, given the names in the path. */
  interface Handler {
    ApiResponse answer(ApiRequest request, List<String> names);
  }

  static Route of(String method, String path, Handler handler) {
    return new Route(method, path, false, handler);
  }

  static Route open(String method, String path, Handler handler) {
    return new Route(method, path, true, handler);
  }

  private List<String> parts() {
    return List.of(path.substring(1).split("/", -1));
  }

  private static boolean isName(String part) {
    return part.startsWith("{");
  }

  boolean matches(List<String> segments) {
    List<String> parts = parts();
    boolean same = parts.size() == segments.size();
    for (int i = 0; same && i < parts.size(); i++) {
      same = isName(parts.get(i)) || parts.get(i).equals(segments.get(i));
    }
    return same;
  }

  ApiResponse answer(ApiRequest request, List<String> segments) {
    List<String> parts = parts();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (isName(parts.get(i))) {
        names.add(segments.get(i));
      }
    }
    return handler.answer(request, names);
  }
}
