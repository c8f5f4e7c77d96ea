package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Certificates that OpenSSL makes. */
public final class Certificates {
  private Certificates() {}

  /**
   * A key of this kind and its own certificate, for 127.0.0.1, in {@code NAME-key.pem} and {@code
   * NAME-cert.pem}.
   *
   * @param kind as after {@code -newkey}, such as {@code rsa:2048} or {@code ed25519}
   */
  public static void create(Path directory, String name, String kind) throws Exception {
    List<String> argv = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    Collections.addAll(argv, "-days", "2", "-subj", "/CN=fluke");
    Collections.addAll(argv, "-addext", "subjectAltName=IP:127.0.0.1");
    Collections.addAll(argv, "-keyout", name + "-key.pem", "-out", name + "-cert.pem", "-newkey");
    Collections.addAll(argv, kind.split(" ", -1));
    Process openssl =
        new ProcessBuilder(argv).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(openssl.getInputStream().readAllBytes(), UTF_8);
    if (openssl.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}
