package dev.fluke.source.git;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/** One request of Git's, and its response. */
final class GitHttpExchange implements HttpConnection {
  private static final List<String> THE_CLIENTS_OWN =
      List.of("connection", "content-length", "expect", "host", "upgrade", "authorization");

  private static final int BEGINNING = 8 * 1024;

  private final HttpClient client;
  private final URL url;
  private final GitHttp http;
  private final FetchWatchdog watch;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String method = "GET";
  private final @Nullable GitCredentials login;
  private @Nullable HttpResponse<InputStream> response;

  GitHttpExchange(
      HttpClient client,
      URL url,
      @Nullable GitCredentials login,
      GitHttp http,
      FetchWatchdog watch) {
    this.client = client;
    this.url = url;
    this.http = http;
    this.watch = watch;
    this.login = login;
    if (login != null) {
      headers.put("Authorization", login.header());
    }
  }

  private HttpResponse<InputStream> response() throws IOException {
    HttpResponse<InputStream> known = response;
    if (known == null) {
      known = exchange();
      response = known;
      watch.heard();
      retryAfter(known);
      refusal(known);
    }
    return known;
  }

  private HttpResponse<InputStream> exchange() throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url.toString())).timeout(watch.silence());
    headers.forEach(request::header);
    request.method(
        method,
        body.size() == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    watch.over(() -> answer.cancel(true));
    try {
      return answer.get();
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw inWords(e.getCause() == null ? e : e.getCause());
    }
  }

  /** The client tells neither whom it could not connect to, nor why. */
  private IOException inWords(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return new IOException(http.peer(url) + ": there is no such host");
      }
    }
    if (failure instanceof ConnectException && failure.getMessage() == null) {
      return new IOException(http.peer(url) + ": connection refused");
    }
    return failure instanceof IOException io ? io : new IOException(failure);
  }

  /** Git would look for somebody to ask, and say that it found nobody. */
  private void refusal(HttpResponse<InputStream> answer) throws IOException {
    if (answer.statusCode() == 401) {
      throw new IOException(
          http.peer(url)
              + (login == null
                  ? " wants a login, with HTTP status 401, and there is none"
                  : " refuses the login, with HTTP status 401"));
    }
  }

  /** RFC 9110, 10.2.3, in seconds; a date is passed over. */
  private void retryAfter(HttpResponse<InputStream> answer) {
    if (answer.statusCode() == 429 || answer.statusCode() == 503) {
      answer
          .headers()
          .firstValue("Retry-After")
          .filter(value -> value.matches("\\d{1,6}"))
          .ifPresent(value -> http.retryAfter(Duration.ofSeconds(Long.parseLong(value))));
    }
  }

  @Override
  public int getResponseCode() throws IOException {
    return response().statusCode();
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public String getResponseMessage() throws IOException {
    return "status " + response().statusCode();
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return response == null ? Map.of() : response.headers().map();
  }

  @Override
  public void setRequestProperty(String key, String value) {
    if (THE_CLIENTS_OWN.stream().noneMatch(key::equalsIgnoreCase)) {
      headers.put(key, value);
    }
  }

  @Override
  public void setRequestMethod(String other) {
    method = other;
  }

  @Override
  public @Nullable String getContentType() {
    return getHeaderField("Content-Type");
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream in = response().body();
    watch.over(in);
    InputStream heard = heard(in);
    return login == null ? heard : withoutSecret(heard, login);
  }

  /**
   * Git logs what a server says first, its errors among it; a login sent back must not be there.
   */
  private static InputStream withoutSecret(InputStream in, GitCredentials login)
      throws IOException {
    byte[] beginning = login.hidden(in.readNBytes(BEGINNING));
    return new SequenceInputStream(new ByteArrayInputStream(beginning), in);
  }

  private InputStream heard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int read = super.read();
        watch.heard();
        return read;
      }

      @Override
      public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        watch.heard();
        return read;
      }
    };
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
  public int getContentLength() {
    String length = getHeaderField("Content-Length");
    return length == null || !length.matches("\\d{1,9}") ? -1 : Integer.parseInt(length);
  }

  @Override
  public OutputStream getOutputStream() {
    return body;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public boolean usingProxy() {
    return client.proxy().isPresent();
  }

  @Override
  public void connect() throws IOException {
    response();
  }

  @Override
  public void configure(
      KeyManager @Nullable [] keys,
      TrustManager @Nullable [] trust,
      java.security.@Nullable SecureRandom random) {
    // certificates are always verified, whatever Git's own settings say
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    // host names are always verified
  }

  @Override
  public void setUseCaches(boolean use) {
    // the client has none
  }

  @Override
  public void setConnectTimeout(int millis) {
    // the client's own
  }

  @Override
  public void setReadTimeout(int millis) {
    // the watch's
  }

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    // never; Git decides
  }

  @Override
  public void setDoOutput(boolean output) {
    // the method says so
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    // what is sent is small, and is kept
  }

  @Override
  public void setChunkedStreamingMode(int length) {
    // what is sent is small, and is kept
  }
}
