package dev.fluke.cli.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.List;

/** A real client, such as curl: what it prints with both its streams, and its exit status. */
record TestProgram(int status, String output) {

  static TestProgram run(Path dir, String input, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(ISO_8859_1));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    return new TestProgram(process.waitFor(), said);
  }
}
