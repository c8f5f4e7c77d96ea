package dev.fluke.mise;

import dev.fluke.text.Printable;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/** Where a working directory comes from, and whether what was done to it by hand may go. */
record WorkingCopy(String url, String branch, boolean discard) {
  private static final Pattern PLAIN =
      Pattern.compile("(https|ssh)://([A-Za-z0-9_.~-]+@)?[A-Za-z0-9\\[][^\\s@]*|file:///\\S+");
  private static final Pattern SCP =
      Pattern.compile(
          "([A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!//)[^\\s:-]\\S*");

  WorkingCopy {
    if (!PLAIN.matcher(url).matches() && !SCP.matcher(url).matches()) {
      throw new IllegalArgumentException(
          "git url is '"
              + shown(url)
              + "', must be https://, ssh://, user@host:path or file:///, without a password");
    }
    boolean option = branch.startsWith("-");
    if (option || branch.contains("..") || !Repository.isValidRefName("refs/heads/" + branch)) {
      throw new IllegalArgumentException(
          "git branch is '" + Printable.of(branch) + "', which is no name of a branch");
    }
  }

  WorkingCopy discarding() {
    return new WorkingCopy(url, branch, true);
  }

  /** As it may be shown: whoever typed a password into it did not want it read. */
  static String shown(String url) {
    return Printable.of(url.replaceFirst("//[^/@]*@", "//…@"));
  }

  @Override
  public String toString() {
    return "branch " + branch + " of " + shown(url);
  }
}
