package dev.fluke.cli.config;

import dev.fluke.cli.tls.Pem;
import dev.fluke.files.internal.FileExposure.Allowed;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** {@code http.tls}: the certificate of the API, read to find what is wrong with it. */
final class TlsSection {
  private TlsSection() {}

  static Optional<HttpConfig.Tls> of(Section tls, ConfigFiles files) {
    Optional<Path> certificate =
        tls.requiredFile(
            "cert_file", "the file of the certificate, in PEM", files, Allowed.READING);
    Optional<Path> key =
        tls.requiredFile("key_file", "the file of its private key, in PEM", files, Allowed.NOTHING);
    Optional<Path> clients = tls.file("client_ca", files, Allowed.READING);
    tls.end();
    clients.ifPresent(file -> check(tls, "client_ca", () -> Pem.trustStore(file)));
    if (certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    boolean hasCertificate =
        check(tls, "cert_file", () -> Pem.serverCertificates(certificate.get()));
    boolean hasKey = check(tls, "key_file", () -> Pem.privateKey(key.get()));
    if (hasCertificate && hasKey) {
      check(tls, "key_file", () -> Pem.keyStore(certificate.get(), key.get()));
    }
    return Optional.of(new HttpConfig.Tls(certificate.get(), key.get(), clients));
  }

  /** Reads a file. */
  private interface Reading {
    Object read() throws IOException, GeneralSecurityException;
  }

  /** Whether it can be read; otherwise a problem at the key. */
  private static boolean check(Section tls, String key, Reading reading) {
    try {
      var unused = reading.read();
      return true;
    } catch (NoSuchFileException e) {
      tls.problemOf(key, "there is no file " + e.getFile());
    } catch (IOException e) {
      tls.problemOf(key, "the file can't be read: " + e.getClass().getSimpleName());
    } catch (GeneralSecurityException e) {
      tls.problemOf(key, String.valueOf(e.getMessage()));
    }
    return false;
  }
}
