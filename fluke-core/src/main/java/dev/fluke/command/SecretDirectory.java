package dev.fluke.command;

import dev.fluke.files.internal.ConfinedDirectory;
import dev.fluke.files.internal.ConfinedDirectory.LinkOutException;
import dev.fluke.files.internal.ConfinedDirectory.NotAFileException;
import dev.fluke.files.internal.Exposures;
import dev.fluke.files.internal.FileExposure;
import dev.fluke.files.internal.FileExposure.Allowed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets in the files of a directory, as Kubernetes and systemd give them. A file that other users
 * of this machine can read or replace is refused when it is read. Immutable.
 */
final class SecretDirectory {
  private static final int LONGEST = 64 * 1024;

  private final Path directory;

  SecretDirectory(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  Optional<Secret> secret(String name) throws UnreadableSecretException {
    SecretNames.check(name);
    try {
      ConfinedDirectory files =
          ConfinedDirectory.of(directory); // missing: nobody knows its secrets
      Path file;
      try {
        file = files.resolve(Path.of(name));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      byte[] content = files.read(file, LONGEST + 1);
      refuseExposed(name);
      if (content.length > LONGEST) {
        throw unreadable(name, "is longer than 64 KiB");
      }
      return Optional.of(Secret.of(text(name, content)));
    } catch (LinkOutException e) {
      throw unreadable(name, "is a link that leads out of the directory");
    } catch (NotAFileException e) { // a pipe would block
      throw unreadable(name, "is not a regular file");
    } catch (IOException e) {
      throw unreadable(name, "can't be read: " + e.getClass().getSimpleName());
    }
  }

  /** Asked after the file was read: what others can't replace now is what was read. */
  private void refuseExposed(String name) throws UnreadableSecretException {
    Optional<FileExposure> exposure =
        Stream.of(
                Exposures.of(directory, Allowed.ADDING),
                Exposures.of(directory.resolve(name), Allowed.NOTHING))
            .flatMap(List::stream)
            .findFirst();
    if (exposure.isPresent()) {
      throw unreadable(name, "is not protected: " + exposure.get());
    }
  }

  private UnreadableSecretException unreadable(String name, String why) {
    return new UnreadableSecretException(
        "the secret '%s' in %s %s".formatted(name, directory, why));
  }

  private String text(String name, byte[] content) throws UnreadableSecretException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.endsWith("\n")
          ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1))
          : text;
    } catch (CharacterCodingException e) {
      throw unreadable(name, "is not UTF-8");
    }
  }

  Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(SecretNames::isOne)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  @Override
  public String toString() {
    return "files in " + directory;
  }
}
