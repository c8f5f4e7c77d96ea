package dev.fluke.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Secrets in the files of a directory, as Kubernetes mounts them. Immutable. */
final class SecretDirectory {
  private static final int LONGEST = 64 * 1024;

  private final Path directory;

  SecretDirectory(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  Optional<Secret> secret(String name) throws UnreadableSecretException {
    SecretNames.check(name);
    try {
      Path top = directory.toRealPath(); // if it is missing, nobody knows what it lacks
      Path file;
      try {
        file = top.resolve(name).toRealPath();
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
      if (!file.startsWith(top)) {
        throw unreadable(name, "is a link that leads out of the directory");
      }
      return Optional.of(Secret.of(text(name, content(name, file))));
    } catch (IOException e) {
      throw unreadable(name, "can't be read: " + e.getClass().getSimpleName());
    }
  }

  private byte[] content(String name, Path file) throws IOException, UnreadableSecretException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS)) { // a pipe would block
      throw unreadable(name, "is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(LONGEST + 1);
      if (content.length > LONGEST) {
        throw unreadable(name, "is longer than 64 KiB");
      }
      return content;
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
