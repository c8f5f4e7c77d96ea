package dev.fluke.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which host keys are trusted: those of the files of known hosts, or the one that was named. A key
 * that is not known is refused, unless new hosts are accepted and nothing at all is known of this
 * one; a changed or revoked one always is.
 */
final class HostKeys implements HostKeyRepository {
  private static final FileAttribute<?> OWNERS_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNERS_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final List<HostKeyRepository> files = new ArrayList<>();
  private final Path first;
  private final @Nullable String fingerprint;
  private final boolean acceptNew;

  private HostKeys(Path first, SshOptions options) {
    this.first = first;
    this.fingerprint = options.fingerprint;
    this.acceptNew = options.acceptNew;
  }

  /** Reads the files. */
  static HostKeys of(SshOptions options) throws JSchException {
    List<Path> named = options.knownHosts;
    List<Path> all = named.isEmpty() ? SshOptions.usualKnownHosts() : named;
    HostKeys keys = new HostKeys(all.get(0), options);
    for (Path file : all) {
      boolean mayBeMissing = named.isEmpty() || options.acceptNew;
      if (mayBeMissing && Files.notExists(file)) {
        continue;
      }
      if (!Files.isReadable(file)) {
        throw new JSchException("the file of known hosts " + file + " can't be read");
      }
      JSch reader = new JSch();
      reader.setKnownHosts(file.toString());
      keys.files.add(reader.getHostKeyRepository());
    }
    return keys;
  }

  @Override
  public int check(String host, byte[] key) {
    if (fingerprint != null) {
      return fingerprint.equals(fingerprintOf(key)) ? OK : CHANGED;
    }
    String shown = Base64.getEncoder().encodeToString(key);
    boolean known = false;
    boolean changed = false;
    for (HostKey one : getHostKey()) {
      if (one.getMarker().equals("@revoked") && one.getKey().equals(shown)) {
        return CHANGED; // for whichever host: who has it may be anybody
      }
      if (one.getMarker().isEmpty() && HostPattern.fits(one.getHost(), host)) {
        known |= one.getKey().equals(shown);
        changed |= !one.getKey().equals(shown);
      }
    }
    if (known) {
      return OK;
    }
    for (HostKeyRepository file : files) {
      int found = file.check(host, key);
      if (found == OK) {
        return OK;
      }
      changed |= found == CHANGED;
    }
    if (changed) {
      return CHANGED;
    }
    return acceptNew && getHostKey(host, null).length == 0 && isAdded(host, key)
        ? OK
        : NOT_INCLUDED;
  }

  /** Writes the key down before it is trusted: what can't be written is not known next time. */
  private boolean isAdded(String host, byte[] key) {
    String line =
        host.toLowerCase(Locale.ROOT)
            + " "
            + typeOf(key)
            + " "
            + Base64.getEncoder().encodeToString(key)
            + "\n";
    try {
      Path folder = first.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder, OWNERS_ONLY_FOLDER);
      }
      if (Files.notExists(first)) {
        Files.createFile(first, OWNERS_ONLY);
      }
      Files.writeString(first, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The type that stands at its beginning, see RFC 4253, 6.6. */
  static String typeOf(byte[] key) {
    int length = ByteBuffer.wrap(key).getInt();
    return new String(key, 4, Math.min(length, key.length - 4), StandardCharsets.US_ASCII);
  }

  /** As {@code ssh-keygen -l} prints it. */
  static String fingerprintOf(byte[] key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public HostKey[] getHostKey() {
    return getHostKey(null, null);
  }

  @Override
  public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
    List<HostKey> all = new ArrayList<>();
    for (HostKeyRepository file : files) {
      HostKey[] found = file.getHostKey(host, type);
      all.addAll(found == null ? List.of() : List.of(found));
    }
    return all.toArray(HostKey[]::new);
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return first.toString();
  }

  @Override
  public void add(HostKey key, @Nullable UserInfo user) {
    throw new IllegalStateException("host keys are added by nobody but us");
  }

  @Override
  public void remove(String host, String type) {
    throw new IllegalStateException("host keys are removed by nobody");
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    throw new IllegalStateException("host keys are removed by nobody");
  }
}
