package dev.fluke.mise;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.CommandResult;
import dev.fluke.command.Mask;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.CommandCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The output of a program of {@link MiseScripts}, as a result with messages for people. */
final class MiseAnswer {
  private static final String RAN = "ran";
  private static final String REFUSED = "refused ";
  private static final String POINTER = "lfs ";

  /** A URL with a login in a message of Git: a setting of the host may add one. */
  private static final Pattern LOGIN = Pattern.compile("(https?://)[^/\\s'\"]*@");

  private final String dir;
  private final String task;
  private final @Nullable WorkingCopy copy;
  private final CommandResult result;
  private final List<String> findings = new ArrayList<>();
  private final boolean ran;
  private final String printed; // by the task

  MiseAnswer(String dir, String task, @Nullable WorkingCopy copy, CommandResult result) {
    this.dir = dir;
    this.task = task;
    this.copy = copy;
    this.result = result;
    String all = new String(result.stdoutBytes(), UTF_8);
    String[] lines = all.split("\n", -1);
    int at = 0;
    int length = 0;
    while (at < lines.length && !lines[at].equals(RAN) && !lines[at].isEmpty()) {
      findings.add(lines[at]);
      length += lines[at].length() + 1;
      at++;
    }
    ran = at < lines.length && lines[at].equals(RAN);
    printed = ran ? all.substring(Math.min(all.length(), length + RAN.length() + 1)) : "";
  }

  CheckResult ofCheck() {
    if (ran) {
      String why = result.exitStatus() == 0 ? null : MiseError.in(printed);
      return why == null
          ? CommandCheck.meaningOf(resultOfTask())
          : CheckResult.unknown("task '%s' in %s gave no answer: %s".formatted(task, dir, why));
    }
    String problem = problem();
    if (problem != null) {
      return CheckResult.unknown(problem);
    }
    return findings.isEmpty() ? CheckResult.unknown(notRun()) : differences();
  }

  /** Throws unless the task ran and succeeded. */
  void ofApply() {
    if (ran) {
      resultOfTask().orThrow();
      return;
    }
    String problem = problem();
    throw new MiseException(problem == null ? notRun() : problem);
  }

  private CommandResult resultOfTask() {
    long cut = result.truncated() ? 1 : 0;
    List<String> empty = findingsOf("submodule ");
    String shown =
        empty.isEmpty()
            ? printed
            : printed + "\nFluke does not fetch the submodules " + String.join(", ", empty);
    return result.withStdout(shown.getBytes(UTF_8), cut).withStderr(""); // hides secrets
  }

  private CheckResult differences() {
    CheckResult all = CheckResult.inSync();
    for (String finding : findings) {
      String[] words = finding.split(" ", 3);
      all =
          switch (words[0]) {
            case "clone" -> all.and(CheckResult.drifted("working copy", words[1], "missing"));
            case "commit" -> all.and(CheckResult.drifted("commit", words[1], words[2]));
            case "remote" ->
                all.and(CheckResult.drifted("origin", Mask.url(url()), Mask.url(words[1])));
            default -> all;
          };
    }
    List<String> changed = findingsOf("changed ");
    List<String> attributes = findingsOf("attribute ");
    String because =
        attributes.isEmpty() ? "" : "; with the attributes " + String.join(", ", attributes);
    return changed.isEmpty()
        ? all
        : all.and(CheckResult.drifted("changes", "none", String.join(", ", changed) + because));
  }

  private String url() {
    return copy == null ? "" : copy.url();
  }

  private String notRun() {
    return "task '%s' did not run: exit status %d%s".formatted(task, result.exitStatus(), tail());
  }

  private String tail() {
    String tail = LOGIN.matcher(result.tail(600)).replaceAll("$1…@");
    return tail.isEmpty() || findings.toString().contains(tail) ? "" : ": " + tail;
  }

  private List<String> findingsOf(String word) {
    return findings.stream()
        .filter(finding -> finding.startsWith(word))
        .map(finding -> finding.substring(word.length()).strip())
        .toList();
  }

  /** The names in the list that mise prints: two spaces separate a name from its description. */
  private List<String> taskNames() {
    return findingsOf("task ").stream().map(line -> line.split("  ", 2)[0]).toList();
  }

  /** What kept the program from running the task; null if nothing did. */
  private @Nullable String problem() {
    String first = findings.isEmpty() ? "" : findings.get(0);
    String tail = new String(result.stderrBytes(), UTF_8).isBlank() ? "" : tail();
    if (first.startsWith(REFUSED)) {
      return first.substring(REFUSED.length());
    }
    if (first.startsWith(POINTER)) {
      return "%s of the branch is stored in Git LFS, which Fluke does not fetch"
          .formatted(first.substring(POINTER.length()));
    }
    return switch (first) {
      case "no-git" -> "git is not installed: it is not in PATH";
      case "link" ->
          "%s is a symbolic link; declare the directory that it points to".formatted(dir);
      case "foreign" -> "%s exists, but is not a Git working copy; move it away".formatted(dir);
      case "no-commit" ->
          "%s is a working copy without a commit; move it away, and the apply clones it%s"
              .formatted(dir, tail);
      case "unreadable" -> "git can't read the working copy %s%s".formatted(dir, tail);
      case "no-branch" -> "there is no " + copy;
      case "unreachable" -> "git can't read %s%s".formatted(copy, tail);
      case "no-directory" -> "the directory %s is missing".formatted(dir);
      case "closed" -> "the directory %s can't be entered%s".formatted(dir, tail);
      case "no-mise" -> "mise is not installed: it is neither in PATH nor in ~/.local/bin";
      case "untrusted" ->
          "mise does not trust the configuration in %s; set trust: true, or run MISE_PARANOID=1 mise trust there"
              .formatted(dir);
      case "no-task" -> "mise has no task '%s' in %s; it has: %s".formatted(task, dir, taskNames());
      case "elsewhere" ->
          "mise has no task '%s' in %s; the one of %s is not run: define it in the directory"
              .formatted(task, dir, String.join("", findingsOf("source ")));
      case "no-run" -> "task '%s' in %s has nothing to run".formatted(task, dir);
      case "broken" -> "mise can't read its configuration in %s%s".formatted(dir, tail);
      default -> null;
    };
  }
}
