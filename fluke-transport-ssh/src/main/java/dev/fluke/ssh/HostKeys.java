package dev.fluke.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether to trust the key that a host shows. If a fingerprint was named, only that key is
 * trusted. Else a key is trusted if the files of known hosts have it, or if new hosts are accepted
 * and the files have no key of this host. A changed or revoked key is always refused.
 */
final class HostKeys implements HostKeyRepository {
  private final SshOptions.Trust trust;
  private final KnownHosts known;

  private HostKeys(SshOptions.Trust trust, KnownHosts known) {
    this.trust = trust;
    this.known = known;
  }

  /** Reads the files of known hosts. */
  static HostKeys of(SshOptions.Trust trust) throws JSchException {
    return new HostKeys(trust, KnownHosts.read(trust));
  }

  @Override
  public int check(String host, byte[] key) {
    if (trust.fingerprint() != null) {
      return trust.fingerprint().equals(HostKeyText.fingerprint(key)) ? OK : CHANGED;
    }
    return switch (known.find(host, key)) {
      case KNOWN -> OK;
      case CHANGED -> CHANGED;
      case UNKNOWN -> trust.acceptNew() && isNew(host) && isAdded(host, key) ? OK : NOT_INCLUDED;
    };
  }

  private boolean isNew(String host) {
    return known.keys(host, null).isEmpty();
  }

  /** A key that can't be written is refused: the next login would not know it. */
  private boolean isAdded(String host, byte[] key) {
    try {
      known.add(host, key);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public HostKey[] getHostKey() {
    return getHostKey(null, null);
  }

  @Override
  public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
    return known.keys(host, type).toArray(HostKey[]::new);
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return known.first().toString();
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
