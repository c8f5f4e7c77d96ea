package dev.fluke.file;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file with a content, and if declared a mode and an owner; or no file at all.
 *
 * <p>The check compares a hash on the host, in the round trip of all checks, and shows a unified
 * diff. The apply writes beside the file and renames, so that nobody ever reads half of it. Only a
 * regular file is replaced or removed, unless {@link #replacing} says what else may go. Access
 * control lists and other attributes beyond mode and owner are not kept.
 *
 * <p>Each option returns a new value; immutable, and equal if all options are.
 */
public final class ManagedFile implements BatchedCheck {
  private final String path;
  private final @Nullable Content content; // null: absent
  private final FileOptions options;

  ManagedFile(String path, @Nullable Content content, FileOptions options) {
    this.path = path;
    this.content = content;
    this.options = options;
  }

  /**
   * Begins with the place.
   *
   * @param path absolute, without {@code ..}
   * @throws IllegalArgumentException if it is not
   */
  public static Place at(String path) {
    return new Place(Modes.checkedPath(path));
  }

  /** A place that still lacks its content. Immutable. */
  public static final class Place {
    private final String path;

    private Place(String path) {
      this.path = path;
    }

    /** This text, as UTF-8, is there. */
    public ManagedFile content(String text) {
      return content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** These bytes are there. */
    public ManagedFile content(byte[] bytes) {
      return new ManagedFile(path, Content.of(bytes), FileOptions.NONE);
    }

    /** This text is there, and nothing shows it; a new file is for its owner only. */
    public ManagedFile content(Secret text) {
      return new ManagedFile(path, Content.of(requireNonNull(text, "text")), FileOptions.NONE);
    }

    /** Nothing is there. */
    public ManagedFile absent() {
      return new ManagedFile(path, null, FileOptions.NONE);
    }
  }

  /** What an apply may put a file in place of, or remove. A regular file always may go. */
  public enum Replaceable {
    /** Nothing but a regular file: the default. */
    FILE,
    /** A symbolic link, too; what it leads to is left alone. */
    SYMLINK,
    /** A directory with all that is in it, and a symbolic link. */
    DIRECTORY
  }

  /**
   * Its permissions; kept unless set, and 0644 for a new file.
   *
   * @param octal three or four octal digits, such as {@code 0640}
   * @throws IllegalArgumentException if it is something else, or the file is to be absent
   */
  public ManagedFile mode(String octal) {
    return with("mode", options.mode(Modes.checkedMode(octal)));
  }

  /**
   * Its owner, a name or a number; kept unless set.
   *
   * @throws IllegalArgumentException if it is neither, or the file is to be absent
   */
  public ManagedFile owner(String user) {
    return with("owner", options.owner(Modes.checkedOwner("owner", user)));
  }

  /**
   * Its group, a name or a number; kept unless set.
   *
   * @throws IllegalArgumentException if it is neither, or the file is to be absent
   */
  public ManagedFile group(String group) {
    return with("group", options.group(Modes.checkedOwner("group", group)));
  }

  /**
   * Makes directories that lack above it, with mode 0755; without this that is a failure.
   *
   * @throws IllegalArgumentException if the file is to be absent
   */
  public ManagedFile parents() {
    return with("parents", options.withParents());
  }

  /**
   * Shows no content and no difference of it, and makes a new file for its owner only.
   *
   * @throws IllegalArgumentException if the file is to be absent
   */
  public ManagedFile secret() {
    with("secret", options);
    return new ManagedFile(path, requireNonNull(content).hidden(), options);
  }

  /** Says what else than a regular file may go. */
  public ManagedFile replacing(Replaceable what) {
    return new ManagedFile(path, content, options.replacing(requireNonNull(what, "what")));
  }

  /** Looks and writes as this user. */
  public ManagedFile runAs(String user) {
    Command.of("true").runAs(user);
    return new ManagedFile(path, content, options.runAs(user));
  }

  private ManagedFile with(String option, FileOptions changed) {
    if (content == null) {
      throw new IllegalArgumentException(
          option + " says nothing of a file that is to be absent; leave it out");
    }
    return new ManagedFile(path, content, changed);
  }

  @Override
  public List<Command> checkCommands() {
    return List.of(FileApply.look(path, content, options));
  }

  @Override
  public CheckResult interpret(List<CommandResult> results) {
    return new Comparison(path, content, options).of(FileState.of(results.get(0)));
  }

  @Override
  public void apply(Host host) {
    new FileApply(path, content, options, host).apply();
  }

  @Override
  public List<String> warnings() {
    boolean secret = content != null && !content.isShown();
    boolean open = options.mode().filter(mode -> mode.matches(".*[4-7]")).isPresent();
    return secret && open
        ? List.of(path + " is secret, and its mode lets everybody on the host read it")
        : List.of();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ManagedFile that
        && path.equals(that.path)
        && Objects.equals(content, that.content)
        && options.equals(that.options);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, content, options);
  }

  /** The path, and whether it is to be absent. */
  @Override
  public String toString() {
    return "file " + path + Optional.ofNullable(content).map(any -> "").orElse(" absent");
  }
}
