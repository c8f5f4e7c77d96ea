package dev.fluke.file;

import dev.fluke.command.Secret;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.transport.Local;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From every state that a path can be in, a declared file keeps the contract of executors. */
@Tag("R27")
@Tag("R31")
class FileContractTest {
  @TempDir Path dir;

  /** How a path may be found. */
  private enum Start {
    MISSING,
    NO_DIRECTORY,
    OTHER_TEXT,
    EMPTY,
    OTHER_MODE,
    OTHER_OWNER,
    TWO_NAMES,
    DANGLING_LINK,
    LINK_TO_FILE,
    LINK_TO_DIRECTORY,
    DIRECTORY;

    void make(Path file) throws IOException {
      switch (this) {
        case MISSING -> {}
        case NO_DIRECTORY -> Files.delete(file.getParent());
        case OTHER_TEXT -> Files.writeString(file, "other");
        case EMPTY -> Files.createFile(file);
        case OTHER_MODE -> {
          Files.writeString(file, "text\n");
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        case OTHER_OWNER -> {
          Files.writeString(file, "text\n");
          Files.setAttribute(file, "unix:uid", 65_534);
        }
        case TWO_NAMES -> {
          Files.writeString(file, "other");
          Files.createLink(file.resolveSibling("second name"), file);
        }
        case DANGLING_LINK -> Files.createSymbolicLink(file, Path.of("nowhere"));
        case LINK_TO_FILE -> {
          Files.writeString(file.resolveSibling("target"), "text\n");
          Files.createSymbolicLink(file, Path.of("target"));
        }
        case LINK_TO_DIRECTORY -> {
          Files.createDirectory(file.resolveSibling("target"));
          Files.createSymbolicLink(file, Path.of("target"));
        }
        case DIRECTORY -> Files.createDirectories(file.resolve("with/more"));
      }
    }
  }

  static Stream<Arguments> starts() {
    List<Start> absent =
        List.of(Start.OTHER_TEXT, Start.DANGLING_LINK, Start.LINK_TO_DIRECTORY, Start.DIRECTORY);
    return Stream.of(Start.values())
        .flatMap(
            start ->
                Stream.of("text", "secret", "absent")
                    .filter(what -> !what.equals("absent") || absent.contains(start))
                    .map(what -> Arguments.of(start, what)));
  }

  private static ManagedFile declared(Path path, String what) {
    ManagedFile.Place place = ManagedFile.at(path.toString());
    ManagedFile file =
        switch (what) {
          case "text" -> place.content("text\n").mode("0640").owner("root").group("0").parents();
          case "secret" ->
              place
                  .content(Secret.of("canary text\n"))
                  .mode("0640")
                  .owner("0")
                  .group("root")
                  .parents();
          default -> place.absent();
        };
    return file.replacing(Replaceable.DIRECTORY);
  }

  @ParameterizedTest
  @MethodSource("starts")
  void keepsTheContract(Start start, String what) throws Exception {
    Path file = Files.createDirectory(dir.resolve("etc")).resolve("conf");

    ExecutorContract.of(declared(file, what), Local.machine())
        .brokenBy(
            () -> {
              try {
                start.make(file);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .files(dir)
        .verify();
  }
}
