package dev.fluke.ssh;

import static java.util.Objects.requireNonNull;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import dev.fluke.command.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A private key: where it is, and what opens it. */
final class SshKey {
  private final @Nullable Path file;
  private final @Nullable Path certificate;
  private final @Nullable Secret text;
  private final Optional<Secret> passphrase;

  private SshKey(
      @Nullable Path file,
      @Nullable Path certificate,
      @Nullable Secret text,
      Optional<Secret> passphrase) {
    this.file = file;
    this.certificate = certificate;
    this.text = text;
    this.passphrase = passphrase;
  }

  static SshKey inFile(Path file, Optional<Secret> passphrase) {
    return new SshKey(requireNonNull(file, "file"), null, null, passphrase);
  }

  static SshKey inMemory(Secret text) {
    return new SshKey(null, null, text, Optional.empty());
  }

  static SshKey certified(Path file, Path certificate) {
    return new SshKey(requireNonNull(file, "file"), certificate, null, Optional.empty());
  }

  /** Where the private key is, if it is in a file. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** Makes it one of those that are tried. */
  void addTo(JSch jsch) throws JSchException {
    byte[] opens =
        passphrase.map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8)).orElse(null);
    try {
      if (text != null) {
        jsch.addIdentity("key", text.reveal().getBytes(StandardCharsets.UTF_8), null, opens);
      } else if (file != null && !Files.isReadable(file)) {
        throw new JSchException("it can't be read");
      } else if (certificate != null) {
        jsch.addIdentity(String.valueOf(file), certificate.toString(), opens);
      } else {
        jsch.addIdentity(String.valueOf(file), opens);
      }
    } catch (JSchException e) {
      throw new JSchException("the private key " + this + ": " + e.getMessage());
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SshKey that
        && Objects.equals(file, that.file)
        && Objects.equals(certificate, that.certificate)
        && Objects.equals(text, that.text)
        && passphrase.equals(that.passphrase);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, certificate, text, passphrase);
  }

  /** Where it is. */
  @Override
  public String toString() {
    return file == null ? "given as text" : file.toString();
  }
}
