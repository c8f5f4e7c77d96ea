package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** A script that one of the shells of these tests has run from its input. */
record ShellProgram(String out, String err, int status) {

  /** Runs a script in a shell such as {@code busybox sh}, which is its {@code /bin/sh}, too. */
  static ShellProgram run(String shell, String script) throws Exception {
    Path dir = Files.createTempDirectory("fluke");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path busyBox = Files.createSymbolicLink(dir.resolve("sh"), Path.of("/bin/busybox"));
    try {
      String word =
          shell.endsWith("busybox sh") ? busyBox.toString() : shell.replace("setsid ", "");
      byte[] input = script.replace("/bin/sh", word).getBytes(StandardCharsets.UTF_8);
      return run(shell, input, input.length);
    } finally {
      Files.delete(busyBox);
      Files.delete(dir);
    }
  }

  /** Runs the first bytes of a script, and closes the shell's input. */
  static ShellProgram run(String shell, byte[] script, int length) throws Exception {
    Process process = new ProcessBuilder(shell.split(" ", -1)).start();
    try (var in = process.getOutputStream();
        InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      write(in, script, length);
      String printed = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      String errors = new String(err.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      return new ShellProgram(printed, errors, process.exitValue());
    }
  }

  private static void write(OutputStream in, byte[] script, int length) {
    try (in) {
      in.write(script, 0, length);
    } catch (IOException e) {
      // the shell ended before it had read all, as a script may want
    }
  }
}
