package dev.fluke.source.git;

import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/**
 * What of a repository is followed: a branch, a tag or one commit.
 *
 * @param name the full name of a branch or tag, such as {@code refs/heads/main}; otherwise the id
 *     of a commit
 */
record GitRef(String name) {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final String REFS = "refs/";
  private static final String HEADS = "refs/heads/";
  private static final String TAGS = "refs/tags/";

  static GitRef branch(String name) {
    return new GitRef(HEADS + name);
  }

  static GitRef tag(String name) {
    return new GitRef(TAGS + name);
  }

  /** One commit; an id that poses as a branch or tag becomes one that {@link #problem} rejects. */
  static GitRef commit(String id) {
    return new GitRef(id.startsWith(REFS) ? "?" + id : id);
  }

  /** Whether it is one commit, which never changes. */
  boolean isPinned() {
    return !name.startsWith(REFS);
  }

  /** Whether it is a tag, signed or not. */
  boolean isTag() {
    return name.startsWith(TAGS);
  }

  /** The name of the branch or tag as people write it; of a commit its id. */
  String shortName() {
    return isPinned() ? name : name.substring(name.indexOf('/', REFS.length()) + 1);
  }

  /** Why Git does not allow it; empty if Git does. */
  String problem() {
    if (isPinned()) {
      return COMMIT.matcher(name).matches()
          ? ""
          : this + " must be the whole id, 40 hexadecimal digits";
    }
    String given = shortName();
    boolean allowed =
        Repository.isValidRefName(name) && !given.startsWith("-") && !given.contains("..");
    return allowed ? "" : this + " is not a name that Git allows";
  }

  /** In words, such as {@code branch 'main'}. */
  @Override
  public String toString() {
    if (isPinned()) {
      return "commit '%s'".formatted(name);
    }
    return "%s '%s'".formatted(isTag() ? "tag" : "branch", shortName());
  }
}
