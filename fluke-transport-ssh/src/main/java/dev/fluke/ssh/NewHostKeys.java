package dev.fluke.ssh;

import com.jcraft.jsch.JSchException;
import dev.fluke.files.internal.ThisUser;
import dev.fluke.ssh.KnownHosts.Finding;
import dev.fluke.ssh.KnownHosts.Verdict;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Adds the key of a new server to the first file of known hosts. Whether the server is new is
 * decided while the file is locked: another process may have added its key since the files were
 * read.
 */
final class NewHostKeys {
  private final SshOptions options;
  private final Supplier<Optional<InetAddress>> address;
  private final Scheduler scheduler;

  /**
   * For one server.
   *
   * @param address what this process is connected to; empty behind a jump host
   */
  NewHostKeys(SshOptions options, Supplier<Optional<InetAddress>> address, Scheduler scheduler) {
    this.options = options;
    this.address = address;
    this.scheduler = scheduler;
  }

  /** The file to which keys are added. */
  Path file() {
    return options.trust().files().get(0);
  }

  /**
   * Adds the key if the server is new.
   *
   * @return {@code KNOWN} if the file has it now, or else what is known of the server
   * @throws IOException why the key was not added; the file has the lines that it had
   */
  Finding add(byte[] key) throws IOException, InterruptedException {
    if (options.trust().isUsual() && ThisUser.home().isEmpty()) {
      throw new IOException(ThisUser.NO_HOME); // the file of all users is not for new keys
    }
    try {
      return new KnownHostsFile(file(), scheduler).locked(now -> add(key, now));
    } catch (AccessDeniedException e) {
      throw new IOException("permission denied", e);
    } catch (FileSystemException e) {
      throw new IOException(
          e.getReason() == null ? e.getClass().getSimpleName() : e.getReason(), e);
    }
  }

  private Finding add(byte[] key, KnownHostsFile.Locked file) throws IOException {
    HostNames server = HostNames.of(options.endpoint().host(), options.endpoint().port());
    Finding found;
    try {
      KnownHosts known = KnownHosts.read(options.trust(), server, file.lines());
      found = known.find(key);
      if (found.verdict() == Verdict.UNKNOWN) {
        found = address.get().map(at -> ofAddress(known, at, key)).orElse(found);
      }
    } catch (JSchException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (found.verdict() != Verdict.UNKNOWN) {
      return found;
    }
    file.add(
        "%s %s %s".formatted(server.written(), HostKeyText.type(key), HostKeyText.base64(key)));
    return new Finding(Verdict.KNOWN, file().toString());
  }

  /** A server that is known by its address is not new under another name. */
  private Finding ofAddress(KnownHosts known, InetAddress at, byte[] key) {
    HostNames names =
        HostNames.of(HostNames.canonical(at.getHostAddress()), options.endpoint().port());
    Finding found = known.under(names).find(key);
    return found.verdict() == Verdict.KNOWN ? Finding.UNKNOWN : found;
  }
}
