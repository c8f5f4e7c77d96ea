package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What can be done to a mirror. */
enum Damage {
  PACK_TRUNCATED,
  PACK_EMPTIED,
  INDEX_DELETED,
  HEAD_ZEROED,
  CONFIG_GARBLED,
  DIRECTORY_EMPTIED,
  DIRECTORY_IS_A_FILE,
  REF_GARBLED,
  LOOSE_OBJECT_DELETED;

  void to(Path mirror) throws Exception {
    switch (this) {
      case PACK_TRUNCATED -> truncate(first(mirror, ".pack"), 0.5);
      case PACK_EMPTIED -> truncate(first(mirror, ".pack"), 0);
      case INDEX_DELETED -> Files.delete(first(mirror, ".idx"));
      case HEAD_ZEROED -> truncate(mirror.resolve("HEAD"), 0);
      case CONFIG_GARBLED -> Files.writeString(mirror.resolve("config"), "[[[");
      case DIRECTORY_EMPTIED -> empty(mirror);
      case DIRECTORY_IS_A_FILE -> {
        empty(mirror);
        Files.delete(mirror);
        Files.writeString(mirror, "x");
      }
      case LOOSE_OBJECT_DELETED -> loosen(mirror, "a.fluke.yaml");
      case REF_GARBLED -> Files.writeString(mirror.resolve("refs/fluke/tip"), "x");
    }
  }

  /** Unpacks everything, and deletes the one object that this file is. */
  static void loosen(Path mirror, String file) throws Exception {
    String blob = GitRepo.run(mirror, "rev-parse", "refs/fluke/tip:" + file);
    Path pack = first(mirror, ".pack");
    Path aside = mirror.resolveSibling("aside.pack");
    Files.move(pack, aside);
    try (Stream<Path> rest = Files.list(pack.getParent())) {
      for (Path one : rest.toList()) {
        Files.delete(one);
      }
    }
    Process unpack =
        new ProcessBuilder("git", "unpack-objects", "-q")
            .directory(mirror.toFile())
            .redirectInput(aside.toFile())
            .start();
    assertThat(unpack.waitFor()).isZero();
    Files.delete(aside);
    Files.delete(mirror.resolve("objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));
  }

  private static void truncate(Path file, double part) throws Exception {
    assertThat(file.toFile().setWritable(true)).isTrue();
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength((long) (open.length() * part));
    }
  }

  private static Path first(Path mirror, String ending) throws Exception {
    try (Stream<Path> files = Files.list(mirror.resolve("objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }

  private static void empty(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
      for (Path file :
          files.sorted((a, b) -> b.compareTo(a)).filter(f -> !f.equals(directory)).toList()) {
        Files.delete(file);
      }
    }
  }
}
