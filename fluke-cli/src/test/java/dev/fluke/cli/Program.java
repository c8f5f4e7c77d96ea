package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code fluke} as a process of its own. It gets HUP even if the tests run under {@code nohup},
 * which makes every process below it ignore that signal.
 */
public final class Program implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("the API is at ([^\"\\s;]+)");
  private static final Pattern HOOKS = Pattern.compile("metrics are at ([^\"\\s]+)");

  private final Process process;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  private static ProcessBuilder builder(Path dir, Map<String, String> env, String... arguments) {
    List<String> argv = new ArrayList<>(List.of("env", "--default-signal=HUP"));
    argv.add(ProcessHandle.current().info().command().orElseThrow());
    argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    argv.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.fluke.cli.Main"));
    argv.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(argv).directory(dir.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLUKE_"));
    builder.environment().putAll(env);
    return builder;
  }

  /** Runs a line of a shell that finds {@code fluke}, to its end. */
  public static Shell.Ended shell(Path dir, Map<String, String> env, String line) throws Exception {
    Path program = Files.createDirectories(dir.resolve("bin")).resolve("fluke");
    String argv = String.join("' '", builder(dir, env).command());
    Files.writeString(program, "#!/bin/sh\nexec '" + argv + "' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder shell = builder(dir, env);
    shell.environment().merge("PATH", program.getParent() + ":", (old, bin) -> bin + old);
    return ended(dir, shell.command("bash", "-c", line));
  }

  /** Runs a script for the set-up of a test; it must succeed. */
  static void sh(Path dir, String script) throws Exception {
    Shell.Ended ended = ended(dir, builder(dir, Map.of()).command("bash", "-ec", script));
    if (ended.status() != 0) {
      throw new IOException(script + ": " + ended.out() + ended.err());
    }
  }

  /** Runs a command to its end. */
  public static Shell.Ended run(Path dir, Map<String, String> env, String... arguments)
      throws Exception {
    return ended(dir, builder(dir, env, arguments));
  }

  static Shell.Ended ended(Path dir, ProcessBuilder builder) throws Exception {
    Path err = Files.createTempFile(dir, "err", ".txt");
    Process process = builder.redirectError(err.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Shell.Ended(process.waitFor(), out, Files.readString(err));
  }

  /** Starts a daemon and waits for its API. */
  public static Program daemon(Path dir, Map<String, String> env) throws Exception {
    return daemonBy("run", dir, env);
  }

  /** Starts a daemon by this command and waits for its API. */
  public static Program daemonBy(String command, Path dir, Map<String, String> env)
      throws Exception {
    Path log = Files.createTempFile(dir, "daemon", ".log");
    Process process = builder(dir, env, command).redirectError(log.toFile()).start();
    Program program = new Program(process, log);
    program.awaitLog("the API is at");
    return program;
  }

  public String log() throws IOException {
    return Files.readString(log);
  }

  public void awaitLog(String text) throws Exception {
    for (int tries = 0; !log().contains(text); tries++) {
      if (!process.isAlive() || tries > 3000) {
        throw new IOException("'" + text + "' is not in the log: " + log());
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /** Waits until an apply has written a file. */
  public void await(Path file) throws Exception {
    for (int tries = 0; !Files.exists(file); tries++) {
      if (tries > 3000) {
        throw new IOException("there is no " + file + ": " + log());
      }
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  /** The URL of the API, or {@code unix:PATH}. */
  public String url() throws IOException {
    return logged(URL);
  }

  /** The URL of a daemon that serves only hooks, health and metrics over TCP. */
  public String hooks() throws IOException {
    return logged(HOOKS);
  }

  private String logged(Pattern pattern) throws IOException {
    Matcher url = pattern.matcher(log());
    if (!url.find()) {
      throw new IOException("no URL in " + log());
    }
    return url.group(1);
  }

  /** The environment of a client. */
  public Map<String, String> client() throws IOException {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("FLUKE_SERVER", url());
    env.put("USER", "ann");
    return env;
  }

  public void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  public long pid() {
    return process.pid();
  }

  /** Its exit status, within 40 s. */
  public int awaitEnd() throws Exception {
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new IOException("still there: " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
