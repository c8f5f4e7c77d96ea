package dev.fluke.mise;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.CommandResult;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script of {@link MiseScripts} printed, in words for people. */
final class MiseAnswer {
  private final String dir;
  private final String task;
  private final @Nullable WorkingCopy copy;
  private final CommandResult result;
  private final List<String> findings = new ArrayList<>();
  private final boolean ran;
  private final String printed;

  MiseAnswer(String dir, String task, @Nullable WorkingCopy copy, CommandResult result) {
    this.dir = dir;
    this.task = task;
    this.copy = copy;
    this.result = result;
    String all = new String(result.stdoutBytes(), UTF_8);
    String[] lines = all.split("\n", -1);
    int at = 0;
    int length = 0;
    while (at < lines.length && !lines[at].equals("ran") && !lines[at].isEmpty()) {
      findings.add(lines[at]);
      length += lines[at].length() + 1;
      at++;
    }
    ran = at < lines.length && lines[at].equals("ran");
    printed = ran ? all.substring(Math.min(all.length(), length + "ran\n".length())) : "";
  }

  /** The task's own end, with what it printed. */
  private CommandResult ofTask() {
    return CommandResult.exited(result.exitStatus()).withStdout(printed);
  }

  CheckResult ofCheck() {
    if (ran) {
      return CommandCheck.meaningOf(ofTask());
    }
    String trouble = trouble();
    if (trouble != null) {
      return CheckResult.unknown(trouble);
    }
    List<String> changed = startingWith("changed ");
    CheckResult all = CheckResult.inSync();
    for (String finding : findings) {
      String[] words = finding.split(" ", 3);
      all =
          switch (words[0]) {
            case "clone" -> all.and(CheckResult.drifted("working copy", words[1], "missing"));
            case "commit" -> all.and(CheckResult.drifted("commit", words[1], words[2]));
            case "remote" ->
                all.and(
                    CheckResult.drifted(
                        "origin", copy == null ? "" : copy.url(), WorkingCopy.shown(words[1])));
            default -> all;
          };
    }
    if (!changed.isEmpty()) {
      all = all.and(CheckResult.drifted("changes", "none", String.join(", ", changed)));
    }
    return findings.isEmpty() ? CheckResult.unknown(lost()) : all;
  }

  /** Throws unless the task ran and ended well. */
  void ofApply() {
    if (ran) {
      ofTask().orThrow();
      return;
    }
    String trouble = trouble();
    throw new MiseException(trouble == null ? lost() : trouble);
  }

  private String lost() {
    return "task '" + task + "' did not run: exit status " + result.exitStatus() + said();
  }

  private String said() {
    String said = result.tail(600);
    return said.isEmpty() || findings.toString().contains(said) ? "" : ": " + said;
  }

  private List<String> startingWith(String word) {
    return findings.stream()
        .filter(finding -> finding.startsWith(word))
        .map(finding -> finding.substring(word.length()).strip())
        .toList();
  }

  /** A name stands before two spaces and a description. */
  private static String nameOf(String line) {
    int end = line.indexOf("  ");
    return end < 0 ? line : line.substring(0, end);
  }

  private @Nullable String trouble() {
    String first = findings.isEmpty() ? "" : findings.get(0);
    String words = new String(result.stderrBytes(), UTF_8).isBlank() ? "" : said();
    return switch (first) {
      case "no-git" -> "git is not installed: it is not in PATH";
      case "link" -> dir + " is a symbolic link; name the directory that it leads to";
      case "foreign" -> dir + " is there, but no working copy of Git; move it away";
      case "no-commit" -> dir + " is no whole working copy; remove it, and it is cloned" + words;
      case "no-branch" -> "there is no " + copy;
      case "unreachable" -> "git can't ask for " + copy + words;
      case "no-directory" -> "the directory " + dir + " is missing";
      case "closed" -> "the directory " + dir + " can't be entered" + words;
      case "no-mise" -> "mise is not installed: it is neither in PATH nor in ~/.local/bin";
      case "untrusted" ->
          "mise does not trust the configuration in "
              + dir
              + "; say trust: true, or call MISE_PARANOID=1 mise trust there";
      case "no-task" ->
          "there is no mise task '"
              + task
              + "' in "
              + dir
              + "; there are: "
              + startingWith("task ").stream().map(MiseAnswer::nameOf).toList();
      case "broken" -> "mise can't read its configuration in " + dir + words;
      default -> null;
    };
  }
}
