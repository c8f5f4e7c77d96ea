package dev.fluke.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The host keys in files of known hosts, with patterns of hosts and revoked keys. */
final class KnownHosts {
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final List<HostKeyRepository> files = new ArrayList<>();
  private final Path first;

  /** What the files say about a key that a host shows. */
  enum Finding {
    /** It is the key of this host. */
    KNOWN,
    /** This host has another key, or the key is revoked. */
    CHANGED,
    /** This host has no key of this type. */
    UNKNOWN
  }

  private KnownHosts(Path first) {
    this.first = first;
  }

  /**
   * Reads the files.
   *
   * @throws JSchException if one can't be read. The usual files may be missing, and so may those to
   *     which new hosts are added.
   */
  static KnownHosts read(SshOptions.Trust trust) throws JSchException {
    boolean mayBeMissing = trust.knownHosts().isEmpty() || trust.acceptNew();
    KnownHosts known = new KnownHosts(trust.files().get(0));
    for (Path file : trust.files()) {
      if (mayBeMissing && Files.notExists(file)) {
        continue;
      }
      if (!Files.isReadable(file)) {
        throw new JSchException("the file of known hosts %s can't be read".formatted(file));
      }
      JSch reader = new JSch();
      reader.setKnownHosts(file.toString());
      known.files.add(reader.getHostKeyRepository());
    }
    return known;
  }

  /** The first of the files; new hosts are added to it. */
  Path first() {
    return first;
  }

  /** All keys of this host and type; null stands for any. */
  List<HostKey> keys(@Nullable String host, @Nullable String type) {
    List<HostKey> all = new ArrayList<>();
    for (HostKeyRepository file : files) {
      HostKey[] found = file.getHostKey(host, type);
      all.addAll(found == null ? List.of() : List.of(found));
    }
    return all;
  }

  Finding find(String host, byte[] key) {
    String text = HostKeyText.base64(key);
    boolean known = false;
    boolean changed = false;
    for (HostKey one : keys(null, null)) {
      boolean same = one.getKey().equals(text);
      if (same && one.getMarker().equals("@revoked")) {
        return Finding.CHANGED; // on any host: its private key may be in anybody's hands
      }
      if (one.getMarker().isEmpty() && HostPattern.matches(one.getHost(), host)) {
        known |= same;
        changed |= !same;
      }
    }
    for (HostKeyRepository file : files) {
      int found = file.check(host, key);
      known |= found == HostKeyRepository.OK;
      changed |= found == HostKeyRepository.CHANGED;
    }
    return known ? Finding.KNOWN : changed ? Finding.CHANGED : Finding.UNKNOWN;
  }

  /** Adds the key to the first file. */
  void add(String host, byte[] key) throws IOException {
    Path folder = first.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder, OWNER_ONLY_FOLDER);
    }
    if (Files.notExists(first)) {
      Files.createFile(first, OWNER_ONLY);
    }
    String line =
        "%s %s %s\n"
            .formatted(
                host.toLowerCase(Locale.ROOT), HostKeyText.type(key), HostKeyText.base64(key));
    Files.writeString(first, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
