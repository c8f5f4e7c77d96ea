package dev.fluke.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes all files below some directories of this machine, as text for messages. */
final class FileTree {
  private final boolean withTimes;

  private FileTree(boolean withTimes) {
    this.withTimes = withTimes;
  }

  /** Includes modification times, so that a write of the same bytes shows. */
  static String withTimes(Iterable<Path> directories) {
    return new FileTree(true).of(directories);
  }

  /** Leaves out modification times and everything in {@code .git}, which each fetch changes. */
  static String withoutTimes(Iterable<Path> directories) {
    return new FileTree(false).of(directories);
  }

  private String of(Iterable<Path> directories) {
    StringBuilder text = new StringBuilder();
    for (Path directory : directories) {
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        text.append(directory).append(" missing\n");
        continue;
      }
      try (Stream<Path> all = Files.walk(directory)) {
        text.append(
            all.filter(this::counts).sorted().map(this::line).collect(Collectors.joining()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }

  private boolean counts(Path path) {
    return withTimes || !path.toString().contains("/.git/");
  }

  private String line(Path path) {
    try {
      PosixFileAttributes facts =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      String who = facts.owner() + ":" + facts.group();
      String time = withTimes ? " " + facts.lastModifiedTime() : "";
      return path + " " + mode + " " + who + " " + what(path, facts) + time + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String what(Path path, PosixFileAttributes facts) throws IOException {
    if (facts.isRegularFile()) {
      return facts.size() + " bytes " + hash(path);
    }
    if (facts.isSymbolicLink()) {
      return "-> " + Files.readSymbolicLink(path);
    }
    return facts.isDirectory() ? "directory" : "special";
  }

  private static String hash(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
