package dev.fluke.cli.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is asked of the API. Immutable. */
public final class ApiRequest {
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  /**
   * A request.
   *
   * @param method in upper case
   * @param path from the slash on, encoded as in a URL
   * @param query what stands behind the question mark, encoded; may be empty
   * @param headers by name, in any case
   * @param body as it came
   */
  ApiRequest(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  String method() {
    return method;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** A request of this process's own. */
  public static ApiRequest of(String method, String target, byte[] body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return new ApiRequest(
        method,
        path,
        mark < 0 ? "" : target.substring(mark + 1),
        Map.of("Content-Type", List.of("application/json")),
        body);
  }

  /** A header that is there once. */
  Optional<String> header(String name) {
    Map<String, List<String>> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    any.putAll(headers);
    List<String> values = any.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** The names in the path, each decoded by itself: one of them may hold a slash. */
  List<String> segments() {
    return Arrays.stream(path.substring(1).split("/", -1)).map(s -> decoded(plain(s))).toList();
  }

  /** In a path a plus is a plus. */
  private static String plain(String segment) {
    return segment.replace("+", "%2B");
  }

  /** The parameters of the query; of one given twice, the last. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int is = pair.indexOf('=');
      String name = is < 0 ? pair : pair.substring(0, is);
      parameters.put(decoded(name), is < 0 ? "" : decoded(pair.substring(is + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(400, "'%' begins no two hexadecimal digits in the URL");
    }
  }
}
