package dev.fluke.alert;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where a post goes: straight to one of the addresses of its URL, or through a proxy.
 *
 * @param addresses of the host, or of the proxy
 * @param port on them
 */
record Destination(URI url, List<InetAddress> addresses, int port, boolean isProxied) {

  static Destination straight(URI url, List<InetAddress> addresses) {
    return new Destination(url, addresses, portOf(url), false);
  }

  static Destination through(InetSocketAddress proxy, List<InetAddress> addresses, URI url) {
    return new Destination(url, addresses, proxy.getPort(), true);
  }

  private static boolean isSecure(URI url) {
    return url.getScheme().equalsIgnoreCase("https");
  }

  private static int portOf(URI url) {
    return url.getPort() >= 0 ? url.getPort() : isSecure(url) ? 443 : 80;
  }

  /** The host as certificates and name servers know it: an IPv6 address without its brackets. */
  static String hostOf(URI url) {
    return url.getHost().replaceAll("[\\[\\]]", "");
  }

  HttpReply post(HttpExchange conversation, Map<String, String> headers, byte[] body)
      throws IOException {
    byte[] request = request(headers, body);
    conversation.connect(addresses, port);
    if (isSecure(url)) {
      if (isProxied) {
        openTunnel(conversation);
      }
      conversation.secure(hostOf(url), portOf(url));
    }
    return conversation.ask(request);
  }

  /** RFC 9110, 9.3.6. */
  private void openTunnel(HttpExchange conversation) throws IOException {
    String to = url.getHost() + ":" + portOf(url);
    String request = "CONNECT " + to + " HTTP/1.1\r\nhost: " + to + "\r\n\r\n";
    int status = conversation.ask(request.getBytes(ISO_8859_1)).status();
    if (status / 100 != 2) {
      throw new DeliveryFailedException("the proxy answered " + status);
    }
  }

  private byte[] request(Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder();
    head.append("POST ").append(target()).append(" HTTP/1.1\r\n");
    head.append("host: ").append(url.getRawAuthority()).append("\r\n");
    head.append("connection: close\r\n");
    head.append("content-length: ").append(body.length).append("\r\n");
    headers.forEach(
        (name, value) ->
            head.append(name).append(": ").append(Headers.value(name, value)).append("\r\n"));
    head.append("\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  /** RFC 9112, 3.2: a proxy for plain HTTP is told all of the URL. */
  private String target() {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String rest = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    return isProxied && !isSecure(url) ? "http://" + url.getRawAuthority() + rest : rest;
  }
}
