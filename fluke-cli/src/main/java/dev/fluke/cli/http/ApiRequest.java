package dev.fluke.cli.http;

import com.google.common.base.Splitter;
import dev.fluke.cli.access.Caller;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request to the API. Immutable. */
public final class ApiRequest {
  /** A scheme and a token. */
  private static final int MOST_CREDENTIALS = 2;

  private final Caller caller;
  private final String from;
  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  /**
   * Creates a request of nobody.
   *
   * @param method in upper case
   * @param path starts with a slash, encoded as in a URL
   * @param query the text after the question mark, encoded; may be empty
   * @param headers by name, in any case
   * @param body the bytes of the body
   */
  ApiRequest(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    this(Caller.nobody(), "process", method, path, query, headers, body);
  }

  private ApiRequest(
      Caller caller,
      String from,
      String method,
      String path,
      String query,
      Map<String, List<String>> headers,
      byte[] body) {
    this.caller = caller;
    this.from = from;
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  /** The same request, sent by this caller. */
  ApiRequest by(Caller sender) {
    return new ApiRequest(sender, from, method, path, query, headers, body);
  }

  /** The same request, sent from this address. */
  ApiRequest from(String address) {
    return new ApiRequest(caller, address, method, path, query, headers, body);
  }

  /** The same request with this body. */
  ApiRequest body(byte[] bytes) {
    return new ApiRequest(caller, from, method, path, query, headers, bytes);
  }

  /** Who sends the request; he has no rights unless he is authenticated. */
  Caller caller() {
    return caller;
  }

  /** The address of the sender, {@code unix}, or {@code process}. */
  String from() {
    return from;
  }

  String method() {
    return method;
  }

  /** The path, encoded as in a URL. */
  String path() {
    return path;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** A request of this caller within this process, with a JSON body. */
  public static ApiRequest of(Caller caller, String method, String target, byte[] body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    return new ApiRequest(
            method,
            path,
            mark < 0 ? "" : target.substring(mark + 1),
            Map.of("Content-Type", List.of("application/json")),
            body)
        .by(caller);
  }

  /** The value of a header; empty if the header is absent or repeated. */
  Optional<String> header(String name) {
    List<String> values = values(name);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** All values of a header. */
  List<String> values(String name) {
    Map<String, List<String>> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    any.putAll(headers);
    return any.getOrDefault(name, List.of());
  }

  /** Hides what the client sent as its credentials, wherever else it stands in the request. */
  Mask credentials() {
    Mask mask = new Mask();
    Splitter.on(' ').omitEmptyStrings().splitToList(header("Authorization").orElse("")).stream()
        .limit(MOST_CREDENTIALS)
        .forEach(it -> mask.learnLong(Secret.of(it)));
    return mask;
  }

  /** Whether there is a header of this name. */
  boolean has(String name) {
    return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  /** The segments of the path, decoded one by one: a name may contain a slash. */
  List<String> segments() {
    return Splitter.on('/').splitToList(path.substring(1)).stream()
        .map(segment -> decoded(escapedPlus(segment)))
        .toList();
  }

  /** In a path, a plus sign is not a space. */
  private static String escapedPlus(String segment) {
    return segment.replace("+", "%2B");
  }

  /** The parameters of the query; a repeated one has its last value. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (String pair : Splitter.on('&').split(query)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      parameters.put(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(400, "in the URL, '%' must be followed by two hexadecimal digits");
    }
  }
}
