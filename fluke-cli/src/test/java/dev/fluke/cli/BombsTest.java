package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that would grow without bounds, all of them in one process with 100 MiB of heap. */
@Tag("slow")
@Tag("M04")
class BombsTest {
  private static final int SECONDS = 60;

  @TempDir static Path dir;
  private static final Map<String, List<String>> results = new TreeMap<>();

  @BeforeAll
  static void validateAll() throws Exception {
    Bombs.writeTo(dir);
    String java = ProcessHandle.current().info().command().orElseThrow();
    String path = System.getProperty("java.class.path");
    ProcessBuilder builder =
        new ProcessBuilder(java, "-Xmx100m", "-XX:TieredStopAtLevel=1", "-cp", path);
    Path err = dir.resolve("err");
    builder.redirectError(err.toFile());
    builder.command().addAll(List.of(ValidateEach.class.getName(), dir.toString()));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(err) + printed).isZero();
    for (String line : Splitter.on('\n').omitEmptyStrings().split(printed)) {
      List<String> columns = Splitter.on('\t').splitToList(line);
      results.put(columns.get(0), columns);
    }
  }

  @Test
  void eachEndsInFewPlacedErrorsSoon() {
    assertThat(results).hasSizeGreaterThan(55);
    results.forEach(
        (bomb, columns) -> {
          boolean valid = bomb.equals("comments");
          assertThat(columns.get(1)).as("status of %s", bomb).isEqualTo(valid ? "0" : "65");
          assertThat(Integer.parseInt(columns.get(2)))
              .as("milliseconds of %s", bomb)
              .isLessThan(SECONDS * 1_000);
          assertThat(Integer.parseInt(columns.get(3))).as("lines of %s", bomb).isLessThan(2_100);
          assertThat(Integer.parseInt(columns.get(4))).as("columns of %s", bomb).isLessThan(14_000);
          assertThat(columns.get(5))
              .as("error of %s", bomb)
              .matches(valid ? "valid: .*" : "[a-z0-9/.-]+\\.yaml:\\d+:\\d+: .*");
        });
  }
}
