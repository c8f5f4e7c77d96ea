package dev.fluke.mise;

import dev.fluke.command.Mask;
import dev.fluke.text.Printable;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/**
 * The repository and branch of a working copy. Immutable.
 *
 * @param discard whether an apply may delete local changes and commits
 */
record WorkingCopy(String url, String branch, boolean discard) {
  private static final Pattern PLAIN =
      Pattern.compile(
          "https://[A-Za-z0-9\\[][^\\s@?#]*|ssh://([A-Za-z0-9_.~-]+@)?[A-Za-z0-9\\[][^\\s@]*|file:///\\S+");
  private static final Pattern SCP =
      Pattern.compile(
          "([A-Za-z0-9_][A-Za-z0-9_.-]*@|(?!.*@))[A-Za-z0-9][A-Za-z0-9.-]*:(?!//)[^\\s:-]\\S*");

  WorkingCopy {
    if (!PLAIN.matcher(url).matches() && !SCP.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "git url is '%s', must be https://, ssh://, user@host:path or file:///, without a user, password or query for https: all users of the host could read it"
              .formatted(Mask.url(url)));
    }
    boolean option = branch.startsWith("-");
    if (option || branch.contains("..") || !Repository.isValidRefName("refs/heads/" + branch)) {
      throw new IllegalArgumentException(
          "git branch is '%s', which is not a valid branch name".formatted(Printable.of(branch)));
    }
  }

  WorkingCopy discarding() {
    return new WorkingCopy(url, branch, true);
  }

  @Override
  public String toString() {
    return "branch " + branch + " of " + Mask.url(url);
  }
}
