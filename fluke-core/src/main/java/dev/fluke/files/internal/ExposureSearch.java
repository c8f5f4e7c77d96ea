package dev.fluke.files.internal;

import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Goes from the root directory to a file as the kernel does, name by name, and notes where others
 * could turn off the way.
 */
final class ExposureSearch {
  private static final int MOST_LINKS = 40; // as the kernel

  private final Path file;
  private final Allowed others;
  private final ProcessUser user;
  private final Deque<Path> rest = new ArrayDeque<>();
  private final Set<Path> passed = new HashSet<>();
  private final List<FileExposure> found = new ArrayList<>();

  ExposureSearch(Path file, Allowed others, ProcessUser user) {
    this.file = file.toAbsolutePath();
    this.others = others;
    this.user = user;
  }

  List<FileExposure> found() {
    return List.copyOf(found);
  }

  void walk() throws IOException {
    FilePermissions at = FilePermissions.of(file.getRoot());
    int links = 0;
    pushNames(file);
    while (!rest.isEmpty()) {
      String name = rest.pop().toString();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      pass(at);
      if (name.equals("..")) {
        Path above = at.path().getParent();
        at = above == null ? at : FilePermissions.of(above);
        continue;
      }
      if (!at.isDirectory()) {
        throw new NotDirectoryException(at.path().toString());
      }
      FilePermissions next;
      try {
        next = FilePermissions.of(at.path().resolve(name));
      } catch (NoSuchFileException e) {
        missing(at);
        return;
      }
      if (next.isLink()) {
        if (++links > MOST_LINKS) {
          throw new FileSystemLoopException(file.toString());
        }
        link(next, at);
        Path target = Files.readSymbolicLink(next.path());
        at = target.isAbsolute() ? FilePermissions.of(target.getRoot()) : at;
        pushNames(target);
      } else {
        at = next;
      }
    }
    end(at);
  }

  private void pushNames(Path path) {
    for (int i = path.getNameCount() - 1; i >= 0; i--) {
      rest.push(path.getName(i));
    }
  }

  /** A directory on the way. In a sticky one, others can replace only what is theirs. */
  private void pass(FilePermissions directory) {
    if (!passed.add(directory.path())) {
      return;
    }
    if (!user.trusts(directory.uid())) {
      belongsToOther(directory, "replace %s".formatted(Printable.of(file.toString())));
    } else if (user.letsOthersWrite(directory) && !directory.isSticky()) {
      add(
          directory,
          "can be written by others (%s), who can replace %s"
              .formatted(directory.permissions(), Printable.of(file.toString())),
          user.mayClose(directory)
              ? "run chmod go-w " + FileExposure.word(directory.path())
              : "use a place below a directory that only you can write");
    }
  }

  private void link(FilePermissions link, FilePermissions directory) {
    if (user.letsOthersWrite(directory) && !user.trusts(link.uid())) {
      add(
          link,
          "is a link of %s, who can point it elsewhere".formatted(link.owner()),
          "run rm " + FileExposure.word(link.path()));
    }
  }

  private void missing(FilePermissions directory) {
    if (user.letsOthersWrite(directory) && directory.isSticky()) {
      found.add(
          new FileExposure(
              file,
              "does not exist, and others can create it in %s (%s)"
                  .formatted(Printable.of(directory.path().toString()), directory.permissions()),
              "use a directory that only its owner can write"));
    }
  }

  /** The file itself, or the directory. */
  void end(FilePermissions last) throws IOException {
    boolean secret = others == Allowed.NOTHING && !last.isDirectory();
    if (!user.trusts(last.uid())) {
      belongsToOther(last, "change it");
    }
    boolean read = secret && last.othersCanRead() && !user.isGivenByRoot(last);
    boolean write =
        (secret ? last.othersCanWrite() : user.letsOthersWrite(last))
            && !(last.isDirectory() && keepsWhatItHas(last));
    if (read || write) {
      add(
          last,
          "can be %s by others (%s)"
              .formatted(
                  read && write ? "read and written" : read ? "read" : "written",
                  last.permissions()),
          "run chmod %s %s".formatted(secret ? "600" : "go-w", FileExposure.word(last.path())));
    }
  }

  /** Kubernetes mounts volumes read-only, with the mode 1777. */
  private boolean keepsWhatItHas(FilePermissions directory) throws IOException {
    return directory.isSticky()
        && (others == Allowed.ADDING || Files.getFileStore(directory.path()).isReadOnly());
  }

  private void belongsToOther(FilePermissions file, String can) {
    add(
        file,
        "belongs to %s, who can %s".formatted(file.owner(), can),
        "run chown %s %s"
            .formatted(ThisUser.name().orElse("$(id -u)"), FileExposure.word(file.path())));
  }

  private void add(FilePermissions file, String problem, String remedy) {
    found.add(new FileExposure(file.path(), problem, remedy));
  }
}
