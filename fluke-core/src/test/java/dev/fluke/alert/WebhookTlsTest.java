package dev.fluke.alert;

import static dev.fluke.alert.SampleAlerts.drift;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import dev.fluke.net.internal.NetworkAccess;
import dev.fluke.net.internal.RawReceiver;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts over TLS, to a receiver whose certificate is for hooks.test and 127.0.0.1. */
class WebhookTlsTest {
  private static final Duration PATIENT = Duration.ofSeconds(30); // TLS begins slowly
  private static final char[] PASSWORD = "password".toCharArray();
  private static final List<InetAddress> HERE = List.of(InetAddress.getLoopbackAddress());

  @TempDir private static Path dir;
  private static SSLContext caCertificates;

  private final List<String> names = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpsServer server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path file = dir.resolve("keys");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=hooks.test",
                "-ext",
                "SAN=dns:hooks.test,ip:127.0.0.1",
                "-alias",
                "x",
                "-storetype",
                "PKCS12",
                "-storepass",
                "password",
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();

    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("x", keys.getCertificate("x"));
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory others =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    others.init(trusted);
    caCertificates = SSLContext.getInstance("TLS");
    caCertificates.init(own.getKeyManagers(), others.getTrustManagers(), null);
  }

  @BeforeEach
  void listen() throws Exception {
    server = HttpsServer.create(new InetSocketAddress(HERE.get(0), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(caCertificates));
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void hangUp() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExtendedSSLSession session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
      session.getRequestedServerNames().forEach(name -> names.add(name.toString()));
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().write("ok".getBytes(UTF_8));
    }
  }

  private Throwable failureOf(String host, Supplier<SSLSocketFactory> tls, ProxySelector proxy) {
    String url = "https://" + host + ":" + server.getAddress().getPort() + "/";
    Webhook webhook =
        Webhook.to(
            WebhookUrls.checked(url),
            new HttpPost(
                new NetworkAccess() {
                  @Override
                  public List<InetAddress> addresses(String name) {
                    return HERE;
                  }

                  @Override
                  public ProxySelector proxies() {
                    return proxy;
                  }

                  @Override
                  public SSLSocketFactory tls() {
                    return tls.get();
                  }
                }));
    return catchThrowable(() -> webhook.timeout(PATIENT).send(drift()));
  }

  private Throwable failureOf(String host) {
    return failureOf(host, caCertificates::getSocketFactory, null);
  }

  @Test
  void sendsTheHostNameAndVerifiesIt() {
    assertThat(failureOf("hooks.test")).isNull();

    assertThat(bodies).containsExactly(drift().toJson());
    assertThat(names).singleElement().asString().contains("hooks.test");
  }

  @Test
  void verifiesAnAddress() {
    assertThat(failureOf("127.0.0.1")).isNull();

    assertThat(bodies).containsExactly(drift().toJson());
  }

  @Test
  void rejectsACertificateForAnotherName() {
    assertThat(failureOf("other.test"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("no secure connection: .*other\\.test.*");
    assertThat(failureOf("127.0.0.2"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("no secure connection: .*127\\.0\\.0\\.2.*");
    assertThat(bodies).isEmpty();
  }

  @Test
  void rejectsACertificateThatNobodyTrusts() {
    Supplier<SSLSocketFactory> ofTheJvm = () -> (SSLSocketFactory) SSLSocketFactory.getDefault();

    assertThat(failureOf("hooks.test", ofTheJvm, null))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("no secure connection: .*certification path.*");
    assertThat(bodies).isEmpty();
  }

  @Tag("W01")
  @Test
  void endsAtTheLimitWhenTheHandshakeStalls() throws Exception {
    try (RawReceiver silent = RawReceiver.doing(RawReceiver.Wire::waitForTheEnd)) {
      Webhook webhook =
          Webhook.to("https://127.0.0.1:" + silent.port()).timeout(Duration.ofMillis(300));

      assertThat(catchThrowable(() -> webhook.send(drift())))
          .isInstanceOf(IOException.class)
          .hasMessage("no answer within 300 ms");
      assertThat(silent.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @Tag("W01")
  @Test
  void failsWhenTheReceiverDoesNotSpeakTls() throws Exception {
    try (RawReceiver plain =
        RawReceiver.doing(
            wire -> {
              wire.say("HTTP/1.1 400 Bad\r\n\r\n");
              wire.waitForTheEnd();
            })) {
      Webhook webhook = Webhook.to("https://127.0.0.1:" + plain.port()).timeout(PATIENT);

      assertThat(catchThrowable(() -> webhook.send(drift())))
          .isInstanceOf(IOException.class)
          .hasMessageMatching("no secure connection: .*SSL message.*");
      assertThat(plain.sawEnds(1)).as("the connection is not left open").isTrue();
    }
  }

  @Test
  void tunnelsTlsThroughAProxy() throws Exception {
    try (RawReceiver proxy =
        RawReceiver.doing(
            wire -> {
              wire.readRequest();
              wire.say("HTTP/1.1 200 Connected\r\n\r\n");
              wire.tunnelTo(server.getAddress().getPort());
            })) {
      assertThat(failureOf("hooks.test", caCertificates::getSocketFactory, selecting(proxy)))
          .isNull();
      assertThat(failureOf("other.test", caCertificates::getSocketFactory, selecting(proxy)))
          .hasMessageMatching("no secure connection: .*other\\.test.*");

      String to = "hooks.test:" + server.getAddress().getPort();
      assertThat(bodies).containsExactly(drift().toJson());
      assertThat(proxy.heads().get(0))
          .isEqualTo("CONNECT " + to + " HTTP/1.1\r\nhost: " + to + "\r\n\r\n");
    }
  }

  @Test
  void saysWhenTheProxyRefuses() throws Exception {
    try (RawReceiver proxy = RawReceiver.answering("HTTP/1.1 407 Who\r\n\r\n")) {
      assertThat(failureOf("hooks.test", caCertificates::getSocketFactory, selecting(proxy)))
          .isInstanceOf(IOException.class)
          .hasMessage("the proxy answered 407");
    }
  }

  private static ProxySelector selecting(RawReceiver proxy) {
    return ProxySelector.of(new InetSocketAddress(HERE.get(0), proxy.port()));
  }
}
