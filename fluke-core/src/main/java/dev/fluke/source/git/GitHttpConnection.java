package dev.fluke.source.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
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
  private static final List<String> SET_BY_THE_SENDER =
      List.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "transfer-encoding",
          "upgrade",
          "authorization");

  private final GitHttpSender sender;
  private final URL url;
  private final URI uri;
  private final boolean configured;
  private final @Nullable GitCredentials credentials;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String method = "GET";
  private GitHttpSender.@Nullable Answer answer;

  /**
   * A request that is not sent yet.
   *
   * @param uri the same as the URL
   * @param configured whether it goes to host, port and scheme of the configured URL
   * @param credentials null unless it does
   */
  GitHttpConnection(
      GitHttpSender sender,
      URL url,
      URI uri,
      boolean configured,
      @Nullable GitCredentials credentials) {
    this.sender = sender;
    this.url = url;
    this.uri = uri;
    this.configured = configured;
    this.credentials = credentials;
    if (credentials != null) {
      headers.put("Authorization", credentials.header());
    }
  }

  private GitHttpSender.Answer answer() throws IOException {
    GitHttpSender.Answer known = answer;
    if (known == null) {
      boolean authenticates = credentials != null;
      known =
          sender.send(
              new GitHttpSender.Request(uri, configured, authenticates, method, headers, body));
      answer = known;
    }
    return known;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream in = answer().body();
    return credentials == null ? in : ErrorPacket.masked(in, credentials.mask());
  }

  @Override
  public void connect() throws IOException {
    answer();
  }

  @Override
  public int getResponseCode() throws IOException {
    return answer().head().status();
  }

  @Override
  public String getResponseMessage() throws IOException {
    return "status " + answer().head().status();
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return answer == null ? Map.of() : answer.head().headers();
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    List<String> values = getHeaderFields(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    return answer == null ? List.of() : answer.head().headers().getOrDefault(name, List.of());
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
    boolean isOneLine = value.chars().noneMatch(c -> c < ' ' && c != '\t');
    if (isOneLine && SET_BY_THE_SENDER.stream().noneMatch(key::equalsIgnoreCase)) {
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
    return sender.usesProxy(uri);
  }

  @Override
  public void configure(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      java.security.@Nullable SecureRandom random) {
    // the connection always verifies certificates, whatever Git's own settings say
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    // the connection always verifies host names
  }

  @Override
  public void setUseCaches(boolean use) {
    // there is no cache
  }

  @Override
  public void setConnectTimeout(int millis) {
    // the sender has its own
  }

  @Override
  public void setReadTimeout(int millis) {
    // the watchdog ends a read
  }

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    // JGit follows redirects, each with a request of its own
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
