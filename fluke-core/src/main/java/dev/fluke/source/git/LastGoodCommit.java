package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.source.SourceUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The last commit of what is followed that was read without errors, in a file beside the mirror,
 * which outlives the process and a rebuild of the mirror. To accept a rewritten history, people
 * delete the file.
 */
final class LastGoodCommit {
  private static final String NAME = "last-good";

  private final Path file;
  private final String followed;

  /**
   * In this directory, for this URL and branch or tag. What the file knows of another one does not
   * count.
   */
  LastGoodCommit(Path directory, GitOptions options) {
    this.file = directory.resolve(NAME);
    this.followed = "%s %s".formatted(options.ref().name(), options.url());
  }

  Path file() {
    return file;
  }

  /** The commit; empty if there was none yet. */
  Optional<ObjectId> read() throws IOException, SourceUnavailableException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String[] words = Files.readString(file, UTF_8).strip().split(" ", 2);
    if (words.length != 2 || !ObjectId.isId(words[0])) {
      throw SourceUnavailableException.because(
          "%s is damaged; delete it to accept the next commit whatever it follows".formatted(file));
    }
    return words[1].equals(followed)
        ? Optional.of(ObjectId.fromString(words[0]))
        : Optional.empty();
  }

  /** Remembers this commit, so that it survives a crash. */
  void write(ObjectId commit) throws IOException {
    Path fresh = file.resolveSibling(NAME + ".tmp");
    Files.writeString(fresh, "%s %s\n".formatted(commit.name(), followed), UTF_8);
    try (FileChannel written = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets the commit. */
  void forget() throws IOException {
    Files.deleteIfExists(file);
  }
}
