package dev.fluke.ssh;

import static java.util.Objects.requireNonNull;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A private key, in a file or as text.
 *
 * @param file null if the key is given as text
 * @param text null if the key is in a file
 * @param certificate the file of its certificate; null if there is none
 */
record SshKey(
    @Nullable Path file,
    @Nullable Secret text,
    @Nullable Path certificate,
    Optional<Secret> passphrase) {

  static SshKey inFile(Path file, Optional<Secret> passphrase) {
    return new SshKey(requireNonNull(file, "file"), null, null, passphrase);
  }

  static SshKey inMemory(Secret text) {
    return new SshKey(null, text, null, Optional.empty());
  }

  static SshKey certified(Path file, Path certificate) {
    return new SshKey(requireNonNull(file, "file"), null, certificate, Optional.empty());
  }

  /**
   * Adds it to the keys that a login tries.
   *
   * @throws JSchException naming the key, if it can't be read
   */
  void addTo(JSch jsch) throws JSchException {
    byte[] phrase =
        passphrase.map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8)).orElse(null);
    try {
      if (text != null) {
        jsch.addIdentity("key", text.reveal().getBytes(StandardCharsets.UTF_8), null, phrase);
      } else if (file != null && !Files.isReadable(file)) {
        throw new JSchException("the file can't be read");
      } else if (certificate != null) {
        jsch.addIdentity(String.valueOf(file), certificate.toString(), phrase);
      } else {
        jsch.addIdentity(String.valueOf(file), phrase);
      }
    } catch (JSchException e) {
      throw new JSchException("the private key %s: %s".formatted(this, e.getMessage()));
    }
  }

  /** The file, or that it is given as text; never the key. */
  @Override
  public String toString() {
    return file == null ? "given as text" : file.toString();
  }
}
