package dev.fluke.source.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/** One request of JGit and its response, in the form that JGit expects. */
final class GitHttpConnection implements HttpConnection {
  private static final List<String> SET_BY_THE_CLIENT =
      List.of("connection", "content-length", "expect", "host", "upgrade", "authorization");

  private final GitHttpSender sender;
  private final URL url;
  private final @Nullable GitCredentials credentials;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String method = "GET";
  private @Nullable HttpResponse<InputStream> response;

  GitHttpConnection(GitHttpSender sender, URL url, @Nullable GitCredentials credentials) {
    this.sender = sender;
    this.url = url;
    this.credentials = credentials;
    if (credentials != null) {
      headers.put("Authorization", credentials.header());
    }
  }

  private HttpResponse<InputStream> response() throws IOException {
    HttpResponse<InputStream> known = response;
    if (known == null) {
      known = sender.send(request(), credentials != null);
      response = known;
    }
    return known;
  }

  private HttpRequest.Builder request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.toString()));
    headers.forEach(request::header);
    return request.method(
        method,
        body.size() == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream in = response().body();
    sender.watchdog().over(in);
    InputStream watched = new WatchedStream(in, sender.watchdog());
    return credentials == null ? watched : ErrorPacket.masked(watched, credentials.mask());
  }

  @Override
  public void connect() throws IOException {
    response();
  }

  @Override
  public int getResponseCode() throws IOException {
    return response().statusCode();
  }

  @Override
  public String getResponseMessage() throws IOException {
    return "status " + response().statusCode();
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return response == null ? Map.of() : response.headers().map();
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return response == null ? null : response.headers().firstValue(name).orElse(null);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    return response == null ? List.of() : response.headers().allValues(name);
  }

  @Override
  public @Nullable String getContentType() {
    return getHeaderField("Content-Type");
  }

  @Override
  public int getContentLength() {
    String length = getHeaderField("Content-Length");
    return length == null || !length.matches("\\d{1,9}") ? -1 : Integer.parseInt(length);
  }

  @Override
  public void setRequestProperty(String key, String value) {
    if (SET_BY_THE_CLIENT.stream().noneMatch(key::equalsIgnoreCase)) {
      headers.put(key, value);
    }
  }

  @Override
  public void setRequestMethod(String other) {
    method = other;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public OutputStream getOutputStream() {
    return body;
  }

  @Override
  public boolean usingProxy() {
    return sender.usesProxy();
  }

  @Override
  public void configure(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      java.security.@Nullable SecureRandom random) {
    // the client always verifies certificates, whatever Git's own settings say
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    // the client always verifies host names
  }

  @Override
  public void setUseCaches(boolean use) {
    // the client has no cache
  }

  @Override
  public void setConnectTimeout(int millis) {
    // the client has its own
  }

  @Override
  public void setReadTimeout(int millis) {
    // the watchdog ends a read
  }

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    // JGit follows redirects, the client never does
  }

  @Override
  public void setDoOutput(boolean output) {
    // the method says so
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    // the body is small and kept in memory
  }

  @Override
  public void setChunkedStreamingMode(int length) {
    // the body is small and kept in memory
  }
}
