package dev.fluke.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import dev.fluke.ssh.KnownHosts.Finding;
import dev.fluke.ssh.KnownHosts.Verdict;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether to trust the key that one server shows. If a fingerprint was named, only that key
 * is trusted, and no certificate. Else a key is trusted if the files of known hosts have it or an
 * authority that certifies it, or if new hosts are accepted and the files have nothing about this
 * host. A changed or revoked key is always refused.
 */
final class HostKeys implements HostKeyRepository {
  private static final String CERTIFICATE = "-cert-v01@openssh.com";
  private static final String EVERY_HOST = "*";
  private static final String OTHER_MACHINE =
      ": the host was reinstalled, or another machine answers in its place; nothing was sent";

  private static final String NOT_NAMED =
      "is not the one that was named but %s (%s)" + OTHER_MACHINE;

  /** The types that {@link HostKey} knows. */
  private static final Set<String> TYPES =
      Set.of(
          "ssh-dss",
          "ssh-rsa",
          "ssh-ed25519",
          "ssh-ed448",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521");

  private final SshOptions options;
  private final KnownHosts known;
  private final NewHostKeys added;
  private volatile @Nullable String refusal;

  private HostKeys(SshOptions options, KnownHosts known, NewHostKeys added) {
    this.options = options;
    this.known = known;
    this.added = added;
  }

  /**
   * Reads the files of known hosts.
   *
   * @param address what this process is connected to, once it is; empty behind a jump host
   * @param scheduler waits for other processes that write to the files
   * @throws JSchException if one of them can't be read
   */
  static HostKeys of(
      SshOptions options, Supplier<Optional<InetAddress>> address, Scheduler scheduler)
      throws JSchException {
    SshOptions.Endpoint endpoint = options.endpoint();
    HostNames server = HostNames.of(endpoint.host(), endpoint.port());
    return new HostKeys(
        options,
        KnownHosts.read(options.trust(), server),
        new NewHostKeys(options, address, scheduler));
  }

  /** Why the key was refused; empty if none was. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /**
   * Those of the algorithms that the server may prove its key with. Certificates are left out where
   * no authority is trusted.
   */
  String algorithms(String usual) {
    boolean certified = !known.authorities().isEmpty();
    return Arrays.stream(usual.split(",", -1))
        .filter(algorithm -> certified || !algorithm.endsWith(CERTIFICATE))
        .collect(Collectors.joining(","));
  }

  @Override
  public int check(String host, byte[] key) {
    String named = options.trust().fingerprint();
    if (named != null) {
      String shown = HostKeyText.fingerprint(key);
      refusal = named.equals(shown) ? null : text(NOT_NAMED.formatted(shown, type(key)));
      return named.equals(shown) ? OK : CHANGED;
    }
    Finding found = known.find(key);
    String reason = "";
    if (found.verdict() == Verdict.UNKNOWN && options.trust().acceptNew()) {
      try {
        found = added.add(key);
      } catch (IOException e) {
        reason = Printable.of(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        reason = "interrupted";
      }
    }
    refusal = found.verdict() == Verdict.KNOWN ? null : text(because(found, reason));
    return switch (found.verdict()) {
      case KNOWN -> OK;
      case CHANGED -> CHANGED;
      case CERTIFIED, UNREADABLE, UNKNOWN -> NOT_INCLUDED;
    };
  }

  private String text(String what) {
    return "host key: the host key of %s %s".formatted(options.address(), what);
  }

  private static String type(byte[] key) {
    return Printable.lastLineOf(HostKeyText.type(key), 40);
  }

  private String because(Finding found, String reason) {
    return switch (found.verdict()) {
      case KNOWN -> "";
      case CHANGED -> "has changed or is revoked%s; see %s".formatted(OTHER_MACHINE, found.place());
      case CERTIFIED ->
          "is not known, and it has no valid certificate of the authority in %s; nothing was sent"
              .formatted(found.place());
      case UNREADABLE ->
          "is not known, and %s is about this host but has no key that counts; correct that line"
              .formatted(found.place());
      case UNKNOWN ->
          reason.isEmpty()
              ? "is not known; look at it with ssh-keyscan, then add it to a file of known hosts or"
                  + " name it with hostKey(\"SHA256:…\")"
              : "is not known, and can't be added to %s: %s"
                  .formatted(Printable.of(added.file().toString()), reason);
    };
  }

  /**
   * The authorities and revoked keys that count for this server. JSch looks for them in lines that
   * match every host: its own patterns know no exceptions.
   */
  @Override
  public HostKey[] getHostKey() {
    List<HostKey> all = new ArrayList<>();
    try {
      for (KnownHostLine line : known.authorities()) {
        all.add(hostKey(line, EVERY_HOST, HostKey.UNKNOWN));
      }
      for (KnownHostLine line : known.revoked()) {
        all.add(hostKey(line, EVERY_HOST, HostKey.UNKNOWN));
      }
    } catch (JSchException e) {
      throw new IllegalStateException(e);
    }
    return all.toArray(HostKey[]::new);
  }

  /** The known keys of this server; JSch offers their algorithms first. */
  @Override
  public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
    if (host == null) {
      return getHostKey();
    }
    List<HostKey> all = new ArrayList<>();
    try {
      for (KnownHostLine line : known.keys()) {
        if (TYPES.contains(line.type()) && (type == null || type.equals(line.type()))) {
          all.add(hostKey(line, host, HostKey.GUESS));
        }
      }
    } catch (JSchException e) {
      throw new IllegalStateException(e);
    }
    return all.toArray(HostKey[]::new);
  }

  private static HostKey hostKey(KnownHostLine line, String host, int type) throws JSchException {
    byte[] key = Base64.getDecoder().decode(line.key());
    return new HostKey(line.marker(), host, type, key, null);
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return added.file().toString();
  }

  @Override
  public void add(HostKey key, @Nullable UserInfo user) {
    throw new IllegalStateException("JSch must not add host keys");
  }

  @Override
  public void remove(String host, String type) {
    throw new IllegalStateException("JSch must not remove host keys");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new IllegalStateException("JSch must not remove host keys");
  }
}
