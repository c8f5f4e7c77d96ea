package dev.fluke.net.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.net.HostAndPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where a request goes: straight to one of the addresses of its URL, or through a proxy.
 *
 * @param url of {@code http} or {@code https}
 * @param addresses of the host, or of the proxy
 * @param port the port at these addresses
 * @param isProxied whether the addresses are those of a proxy
 */
public record Destination(URI url, List<InetAddress> addresses, int port, boolean isProxied) {

  /** To the host of the URL itself, at these addresses. */
  public static Destination straight(URI url, List<InetAddress> addresses) {
    return new Destination(url, addresses, portOf(url), false);
  }

  /** Through a proxy, which is at these addresses. */
  public static Destination through(InetSocketAddress proxy, List<InetAddress> addresses, URI url) {
    return new Destination(url, addresses, proxy.getPort(), true);
  }

  private static boolean isSecure(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  private static HostAndPort hostAndPort(URI url) {
    return HostAndPort.fromString(url.getRawAuthority()).withDefaultPort(isSecure(url) ? 443 : 80);
  }

  /** The host as certificates and name servers know it: an IPv6 address without its brackets. */
  public static String hostOf(URI url) {
    return hostAndPort(url).getHost();
  }

  /** The port of the URL, or that of its scheme. */
  public static int portOf(URI url) {
    return hostAndPort(url).getPort();
  }

  /**
   * Sends one request over a connection that is connected to one of the addresses, and returns the
   * reply up to the end of its headers. The connection serves no second request.
   *
   * @param headers must not contain line breaks; host, connection and length are added
   * @throws ConnectException if a proxy does not open a tunnel
   */
  public HttpReply ask(
      HttpConnection connected, String method, Map<String, String> headers, byte[] body)
      throws IOException {
    byte[] request = request(method, headers, body);
    if (isSecure(url)) {
      if (isProxied) {
        openTunnel(connected);
      }
      connected.secure(hostOf(url), portOf(url));
    }
    return connected.ask(request);
  }

  /** RFC 9110, 9.3.6. */
  private void openTunnel(HttpConnection connected) throws IOException {
    HostAndPort to = hostAndPort(url);
    String request = "CONNECT %1$s HTTP/1.1\r\nhost: %1$s\r\n\r\n".formatted(to);
    int status = connected.ask(request.getBytes(ISO_8859_1)).status();
    if (status / 100 != 2) {
      throw new ConnectException("the proxy answered " + status);
    }
  }

  private byte[] request(String method, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target()).append(" HTTP/1.1\r\n");
    head.append("host: ").append(url.getRawAuthority()).append("\r\n");
    head.append("connection: close\r\n");
    if (body.length > 0 || method.equals("POST")) {
      head.append("content-length: ").append(body.length).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** RFC 9112, 3.2: a request to a proxy for plain HTTP contains the whole URL. */
  private String target() {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String rest = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    return isProxied && !isSecure(url) ? "http://" + url.getRawAuthority() + rest : rest;
  }
}
