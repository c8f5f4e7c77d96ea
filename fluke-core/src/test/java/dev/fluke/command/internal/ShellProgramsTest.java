package dev.fluke.command.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shell programs of all modules, read by ShellCheck, which must be installed. */
class ShellProgramsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void shellCheckFindsNothingInAnyProgram() throws Exception {
    List<Path> programs = programs();
    assertThat(programs).anyMatch(file -> file.endsWith("dev/fluke/transport/end-session.sh"));
    List<String> command = new ArrayList<>(List.of("shellcheck", "--norc", "-s", "sh"));
    programs.forEach(file -> command.add(file.toString()));

    Process shellCheck = new ProcessBuilder(command).redirectErrorStream(true).start();
    shellCheck.getOutputStream().close();
    String said = new String(shellCheck.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said).isEmpty();
    assertThat(shellCheck.waitFor()).isZero();
  }

  @Test
  void everyLineFitsOnAScreenAndEveryFileSaysWhatItDoes() throws Exception {
    for (Path file : programs()) {
      List<String> lines = Files.readAllLines(file);
      assertThat(lines.get(0)).as("first line of %s", file).startsWith("#");
      assertThat(lines).as("%s", file).allMatch(line -> line.length() <= 100);
    }
  }

  private static List<Path> programs() throws IOException {
    List<Path> programs = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path resources : modules.map(each -> each.resolve("src/main/resources")).toList()) {
        if (Files.isDirectory(resources)) {
          try (Stream<Path> files = Files.walk(resources)) {
            files.filter(file -> file.toString().endsWith(".sh")).forEach(programs::add);
          }
        }
      }
    }
    assertThat(programs).as("shell programs under %s", ROOT).isNotEmpty();
    return programs;
  }
}
