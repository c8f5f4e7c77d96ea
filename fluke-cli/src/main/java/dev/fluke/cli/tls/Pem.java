package dev.fluke.cli.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM (RFC 7468). */
public final class Pem {
  /** The password of the key stores; they exist only in memory. */
  public static final String NO_PASSWORD = "";

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([\\sA-Za-z0-9+/=]+)-----END PRIVATE KEY-----");

  /** Those that are refused come last: they are read to be named. */
  private static final List<String> ALGORITHMS =
      List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA", "DH", "XDH");

  private Pem() {}

  /** Reads the certificates of a file; at least one. */
  public static List<Certificate> certificates(Path file) throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      List<Certificate> all =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (all.isEmpty()) {
        throw new CertificateException("no certificate in " + file);
      }
      return all;
    } catch (CertificateException e) {
      throw new CertificateException(file + " contains no certificates in PEM", e);
    }
  }

  /** A key store with the CA certificates of a file, to trust them. */
  public static KeyStore trustStore(Path authorities) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates(authorities)) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    return store;
  }

  /**
   * Reads the certificate of a server, and those that certify it.
   *
   * @throws GeneralSecurityException if there is none, or its key is too weak; the message says
   *     what was found
   */
  public static List<Certificate> serverCertificates(Path file)
      throws IOException, GeneralSecurityException {
    List<Certificate> chain = certificates(file);
    KeyKind.check(chain.get(0).getPublicKey(), file);
    return chain;
  }

  /**
   * A key store with the private key and its certificate chain.
   *
   * @throws GeneralSecurityException if a key is too weak, or they do not belong together
   */
  public static KeyStore keyStore(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = serverCertificates(certificate).toArray(new Certificate[0]);
    PrivateKey ours = privateKey(key);
    if (!KeyKind.isPair(ours, chain[0].getPublicKey())) {
      throw new InvalidKeyException(
          "%s is not the key of the certificate in %s".formatted(key, certificate));
    }
    store.setKeyEntry("fluke", ours, NO_PASSWORD.toCharArray(), chain);
    return store;
  }

  /**
   * Reads a private key.
   *
   * @throws GeneralSecurityException if there is none, or it is too weak; the message says what was
   *     found
   */
  public static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    Matcher key = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!key.find()) {
      throw new InvalidKeySpecException(
          "%s contains no unencrypted PKCS #8 key; 'openssl pkcs8 -topk8 -nodes -in KEY' prints one"
              .formatted(file));
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
    for (String algorithm : ALGORITHMS) {
      try {
        PrivateKey read = KeyFactory.getInstance(algorithm).generatePrivate(encoded);
        KeyKind.check(read, file);
        return read;
      } catch (InvalidKeySpecException e) {
        // try the next algorithm
      }
    }
    throw KeyKind.refused(file, "a key of another kind");
  }
}
