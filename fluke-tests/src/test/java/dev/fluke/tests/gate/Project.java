package dev.fluke.tests.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the whole project, as they lie on the disk. */
final class Project {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<JavaFile> FILES = readAll();

  private Project() {}

  /** The directories of the modules that the parent POM lists. */
  static List<String> modules() {
    List<String> modules = new ArrayList<>();
    Matcher module = Pattern.compile("<module>([\\w-]+)</module>").matcher(read("pom.xml"));
    while (module.find()) {
      modules.add(module.group(1));
    }
    assertThat(modules).as("modules of the parent POM").contains("fluke-core", "fluke-tests");
    return modules;
  }

  /** Every Java file of main code and tests, sorted. */
  static List<JavaFile> javaFiles() {
    return FILES;
  }

  private static List<JavaFile> readAll() {
    return modules().stream()
        .flatMap(module -> Stream.of(in(module, "main"), in(module, "test")))
        .flatMap(List::stream)
        .toList();
  }

  /** Main code of all modules, package-info included; fluke-tests has none. */
  static List<JavaFile> mainFiles() {
    List<JavaFile> files = javaFiles().stream().filter(JavaFile::main).toList();
    for (String module : modules()) {
      if (!module.equals("fluke-tests")) {
        assertThat(files).as("main code of %s", module).anyMatch(f -> f.module().equals(module));
      }
    }
    return files;
  }

  /** Test code of all modules. */
  static List<JavaFile> testFiles() {
    List<JavaFile> files = javaFiles().stream().filter(file -> !file.main()).toList();
    for (String module : modules()) {
      assertThat(files).as("tests of %s", module).anyMatch(f -> f.module().equals(module));
    }
    return files;
  }

  /** The text of a file, by its path from the root. */
  static String read(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files below a directory whose path ends so, by their paths from the root, sorted. */
  static List<String> filesBelow(String directory, String ending) {
    Path top = ROOT.resolve(directory);
    if (!Files.isDirectory(top)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(top)) {
      return files
          .map(file -> ROOT.relativize(file).toString())
          .filter(file -> file.endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JavaFile> in(String module, String kind) {
    return filesBelow(module + "/src/" + kind + "/java", ".java").stream()
        .map(path -> JavaFile.of(module, kind.equals("main"), path, read(path)))
        .toList();
  }
}
