package dev.fluke.cli.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A user of this machine that has a number and no name, and perhaps a group. Programs run as this
 * user; the test runs as root.
 */
public record AnotherUser(int number, List<String> groups) {
  /** A user outside every group. */
  public static final AnotherUser STRANGER = new AnotherUser(64_711, List.of());

  /** A member of this group. */
  public static AnotherUser memberOf(String group) {
    return new AnotherUser(64_712, List.of(group));
  }

  /** The start of a command line that runs the rest as this user. */
  public List<String> prefix() {
    List<String> argv = new ArrayList<>(List.of("setpriv", "--reuid=" + number));
    argv.add("--regid=" + number);
    argv.add(groups.isEmpty() ? "--clear-groups" : "--groups=" + String.join(",", groups));
    return argv;
  }

  /** Runs a script of the shell to its end. */
  public Shell.Ended sh(String script) throws Exception {
    List<String> argv = new ArrayList<>(prefix());
    argv.addAll(List.of("sh", "-c", script));
    Path err = Files.createTempFile("fluke", ".err");
    try {
      Process process = new ProcessBuilder(argv).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Shell.Ended(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  /** Runs a script that must succeed. */
  public String insistOn(String script) throws Exception {
    Shell.Ended ended = sh(script);
    if (ended.status() != 0) {
      throw new IOException(script + ": " + ended.out() + ended.err());
    }
    return ended.out();
  }
}
