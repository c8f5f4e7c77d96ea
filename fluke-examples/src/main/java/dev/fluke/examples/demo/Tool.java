package dev.fluke.examples.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of this machine that the demo needs. */
public final class Tool {
  private Tool() {}

  /** Runs one to its end; what it printed. */
  public static String run(Path dir, String... argv) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(argv).directory(dir.toFile()).redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", List.of(argv)) + ": " + said);
    }
    return said;
  }
}
