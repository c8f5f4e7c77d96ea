package dev.fluke.onhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A shell of this machine that runs the programs of executors. */
public enum PosixShell {
  DASH("dash"),
  BASH("bash --posix"),
  BUSYBOX("busybox sh");

  private final String call;

  PosixShell(String call) {
    this.call = call;
  }

  /** Runs the script of this command with its environment and standard input, as this process. */
  public CommandResult run(Command command) throws IOException, InterruptedException {
    List<String> whole = new ArrayList<>(List.of(call.split(" ", -1)));
    whole.addAll(List.of("-c", command.script().orElseThrow()));
    Path err = Files.createTempFile("fluke", ".err");
    ProcessBuilder builder = new ProcessBuilder(whole).redirectError(err.toFile());
    builder.environment().putAll(command.revealEnv());
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(command.revealStdin());
    } catch (IOException e) {
      // the script ended without reading its input
    }
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    CommandResult result =
        CommandResult.exited(process.waitFor()).withStdout(out).withStderr(Files.readString(err));
    Files.delete(err);
    return result;
  }
}
