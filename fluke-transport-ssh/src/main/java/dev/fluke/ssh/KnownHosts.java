package dev.fluke.ssh;

import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the files of known hosts say about one server, as they were when they were read. */
final class KnownHosts {
  private final HostNames server;
  private final HostNames counted;
  private final List<KnownHostLine> lines;

  /** What the files say about a key that the server shows. */
  enum Verdict {
    /** It is the server's. */
    KNOWN,
    /** The server has another one, or the key is revoked. */
    CHANGED,
    /** The server should show a certificate. */
    CERTIFIED,
    /** A line is about the server, but has no key that counts. */
    UNREADABLE,
    /** Nothing is about the server. */
    UNKNOWN
  }

  /**
   * A verdict and its reason.
   *
   * @param place the line that says so; empty if none does
   */
  record Finding(Verdict verdict, String place) {
    static final Finding UNKNOWN = new Finding(Verdict.UNKNOWN, "");
  }

  private KnownHosts(HostNames server, List<KnownHostLine> lines) {
    this.server = server;
    this.lines = lines;
    HostNames withPort = server.mostSpecific();
    boolean hasKey = lines.stream().anyMatch(line -> line.isKey() && line.names(withPort));
    this.counted = hasKey ? withPort : server; // as OpenSSH
  }

  /**
   * Reads the files, unless a fingerprint decides.
   *
   * @throws JSchException if one can't be read. The usual files may be missing, and so may those to
   *     which new hosts are added.
   */
  static KnownHosts read(SshOptions.Trust trust, HostNames server) throws JSchException {
    List<KnownHostLine> lines = new ArrayList<>();
    if (trust.fingerprint() == null) {
      for (Path file : trust.files()) {
        lines.addAll(lines(file, trust));
      }
    }
    return new KnownHosts(server, lines);
  }

  /** As {@link #read}, with what the first of the files has now. */
  static KnownHosts read(SshOptions.Trust trust, HostNames server, List<KnownHostLine> first)
      throws JSchException {
    List<KnownHostLine> lines = new ArrayList<>(first);
    for (Path file : trust.files().subList(1, trust.files().size())) {
      lines.addAll(lines(file, trust));
    }
    return new KnownHosts(server, lines);
  }

  private static List<KnownHostLine> lines(Path file, SshOptions.Trust trust) throws JSchException {
    boolean mayBeMissing = trust.knownHosts().isEmpty() || trust.acceptNew();
    if (mayBeMissing && Files.notExists(file)) {
      return List.of();
    }
    try {
      return KnownHostsFile.read(file);
    } catch (IOException e) {
      String why = e instanceof FileSystemException ? "" : ": " + e.getMessage();
      throw new JSchException("the file of known hosts %s can't be read%s".formatted(file, why));
    }
  }

  /** The same under another name of the server, without lines that make an exception of it. */
  KnownHosts under(HostNames other) {
    return new KnownHosts(
        other, lines.stream().filter(line -> !HostPattern.excludes(line.hosts(), server)).toList());
  }

  Finding find(byte[] key) {
    String text = HostKeyText.base64(key);
    return first(Verdict.CHANGED, line -> line.isRevoked() && line.key().equals(text))
        .or(() -> first(Verdict.KNOWN, line -> isKey(line) && line.key().equals(text)))
        .or(() -> first(Verdict.CHANGED, this::isKey))
        .or(() -> first(Verdict.CERTIFIED, this::isAuthority))
        .or(() -> first(Verdict.UNREADABLE, this::isAboutIt))
        .orElse(Finding.UNKNOWN);
  }

  private Optional<Finding> first(Verdict verdict, Predicate<KnownHostLine> one) {
    return lines.stream().filter(one).findFirst().map(it -> new Finding(verdict, it.place()));
  }

  private boolean isKey(KnownHostLine line) {
    return line.isKey() && line.names(counted);
  }

  private boolean isAuthority(KnownHostLine line) {
    return line.isAuthority() && line.names(counted);
  }

  private boolean isAboutIt(KnownHostLine line) {
    return !line.isRevokedEverywhere() && line.isAbout(server);
  }

  /** The lines with a key of the server. */
  List<KnownHostLine> keys() {
    return lines.stream().filter(this::isKey).toList();
  }

  /** The lines with an authority that certifies keys of the server. */
  List<KnownHostLine> authorities() {
    return lines.stream().filter(this::isAuthority).toList();
  }

  /** The lines with a revoked key, of any server: its private key may be in anybody's hands. */
  List<KnownHostLine> revoked() {
    return lines.stream().filter(KnownHostLine::isRevoked).toList();
  }
}
