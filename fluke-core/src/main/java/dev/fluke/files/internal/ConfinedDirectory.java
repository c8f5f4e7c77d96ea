package dev.fluke.files.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.fluke.text.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads below a directory and never leaves it. A link is first resolved to a path without links;
 * that path is then opened name by name, each in the directory that is open already, and a name
 * that has become a link fails. So exchanging directories for links meanwhile has no effect.
 * Immutable and thread-safe.
 */
public final class ConfinedDirectory {
  private final Path top;

  /** A path leads out of the directory by a link. The message says where to. */
  public static final class LinkOutException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Path target;

    private LinkOutException(Path target) {
      super("is a link that leads out of the directory, to " + target);
      this.target = target;
    }

    /** Where it leads. */
    public Path target() {
      return target;
    }
  }

  private ConfinedDirectory(Path top) {
    this.top = top;
  }

  /**
   * This directory; the path to it may have links.
   *
   * @throws IOException if it does not exist
   */
  public static ConfinedDirectory of(Path directory) throws IOException {
    return new ConfinedDirectory(directory.toRealPath());
  }

  /**
   * Where a path below the directory leads, without links.
   *
   * @throws LinkOutException if it leads out of the directory
   * @throws NoSuchFileException if it leads nowhere
   */
  public Path resolve(Path path) throws IOException {
    Path real = top.resolve(path).toRealPath();
    if (!real.startsWith(top)) {
      throw new LinkOutException(real);
    }
    return top.relativize(real);
  }

  /** Opens a directory by a path without links. The caller closes it. */
  @SuppressWarnings("StreamResourceLeak")
  public SecureDirectoryStream<Path> open(Path resolved) throws IOException {
    SecureDirectoryStream<Path> at = secure(Files.newDirectoryStream(top));
    for (Path name : resolved) {
      if (!name.toString().isEmpty()) {
        try (SecureDirectoryStream<Path> above = at) {
          at = above.newDirectoryStream(name, NOFOLLOW_LINKS);
        }
      }
    }
    return at;
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("this file system can't open a file relative to an open directory");
  }

  /** The attributes of an entry of an open directory; a link is not followed. */
  public static BasicFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
        .readAttributes();
  }

  /** The attributes of what a path without links names. */
  public BasicFileAttributes attributes(Path resolved) throws IOException {
    Path name = resolved.getFileName();
    try (SecureDirectoryStream<Path> directory = open(above(resolved))) {
      return attributes(directory, name.toString().isEmpty() ? Path.of(".") : name);
    }
  }

  private static Path above(Path resolved) {
    Path parent = resolved.getParent();
    return parent == null ? Path.of("") : parent;
  }

  /**
   * The first bytes of a file, by a path without links.
   *
   * @throws NotAFileException if it is not a regular file, such as a pipe, which would block
   */
  public byte[] read(Path resolved, int most) throws IOException {
    Path name = resolved.getFileName();
    try (SecureDirectoryStream<Path> directory = open(above(resolved))) {
      if (!attributes(directory, name).isRegularFile()) {
        throw new NotAFileException();
      }
      try (InputStream in =
          Channels.newInputStream(
              directory.newByteChannel(name, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS)))) {
        return in.readNBytes(most);
      }
    }
  }

  /**
   * The content of a file that a manifest names, cut after one byte more than is allowed.
   *
   * @return null if there is no such file
   * @throws IllegalArgumentException if it leads out of the directory; the message names the file
   */
  public byte @Nullable [] namedFile(String path) throws IOException {
    try {
      return read(resolve(Path.of(path)), Limits.FILE_BYTES + 1);
    } catch (NoSuchFileException | NotAFileException e) {
      return null;
    } catch (LinkOutException e) {
      throw new IllegalArgumentException("file '%s' %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Something that is neither a file nor a link to one. */
  public static final class NotAFileException extends IOException {
    private static final long serialVersionUID = 1;

    private NotAFileException() {
      super("is not a regular file");
    }
  }
}
