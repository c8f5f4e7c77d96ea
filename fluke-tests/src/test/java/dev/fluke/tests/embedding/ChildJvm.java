package dev.fluke.tests.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs a program in a JVM of its own, with the class path of this one. */
final class ChildJvm {
  private final List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
  private final Map<String, @Nullable String> environment = new TreeMap<>();
  private Path home = Path.of(System.getProperty("java.home"));
  private String classPath = System.getProperty("java.class.path");

  ChildJvm java(Path other) {
    home = other;
    return this;
  }

  ChildJvm option(String option) {
    options.add(option);
    return this;
  }

  /** Null unsets the variable. */
  ChildJvm env(String name, @Nullable String value) {
    environment.put(name, value);
    return this;
  }

  ChildJvm firstOnClassPath(Path jar) {
    classPath = jar + File.pathSeparator + classPath;
    return this;
  }

  ChildJvm classPath(String other) {
    classPath = other;
    return this;
  }

  /** What the program printed, log included; it must end with 0. */
  String run(Class<?> program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, program.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    environment.forEach(
        (name, value) -> {
          if (value == null) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
