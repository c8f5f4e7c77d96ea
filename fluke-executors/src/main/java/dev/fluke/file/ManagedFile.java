package dev.fluke.file;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import dev.fluke.executor.BatchedCheck;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Host;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file with a declared content and, optionally, mode and owner; or a path at which nothing
 * exists.
 *
 * <p>The check compares a hash on the host, in the same round trip as the other checks, and reports
 * a unified diff. The apply writes a temporary file beside the path and renames it, so that no
 * reader sees half of the content. It replaces or removes only a regular file, unless {@link
 * #replacing} allows more. A new file takes over the access control list and the extended
 * attributes of the old one, unless it is secret or others can write in the directory; where the
 * host can't copy them, the apply fails.
 *
 * <p>Both enter the directories of the path one after the other, and follow a symbolic link only
 * where nobody but root and the user whom the step runs as could have put it. In a directory that
 * others can write, they replace what is there, and show nothing of it.
 *
 * <p>Each option returns a new value. Immutable; two are equal if all their options are.
 */
public final class ManagedFile implements BatchedCheck, Digestible {
  private final FileDeclaration declared;

  private ManagedFile(FileDeclaration declared) {
    this.declared = declared;
  }

  /**
   * Begins with the path.
   *
   * @param path absolute, without {@code ..}, and not ending in {@code /}
   * @throws IllegalArgumentException if the path is anything else
   */
  public static Place at(String path) {
    return new Place(FilePaths.normalized(path));
  }

  /** A path that still lacks its content. Immutable. */
  public static final class Place {
    private final String path;

    private Place(String path) {
      this.path = path;
    }

    /** The file contains this text, encoded as UTF-8. */
    public ManagedFile content(String text) {
      return content(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The file contains these bytes. */
    public ManagedFile content(byte[] bytes) {
      return new ManagedFile(FileDeclaration.of(path, Content.of(bytes)));
    }

    /**
     * The file contains this text, encoded as UTF-8, and is {@linkplain ManagedFile#secret()
     * secret}.
     */
    public ManagedFile content(Secret text) {
      return new ManagedFile(FileDeclaration.of(path, Content.of(requireNonNull(text, "text"))));
    }

    /** Nothing exists at the path. */
    public ManagedFile absent() {
      return new ManagedFile(FileDeclaration.of(path, null));
    }
  }

  /**
   * Sets the permissions. By default an existing file keeps its mode, and a new one gets 0644. A
   * secret file has 0600 by default.
   *
   * @param octal three or four octal digits, such as {@code 0640}
   * @throws IllegalArgumentException if it is anything else, or the file is {@linkplain
   *     Place#absent() absent}
   */
  public ManagedFile mode(String octal) {
    return attributes("mode", attributes().mode(Modes.checkedMode(octal)));
  }

  /**
   * Sets the owner, by name or number; digits are a number, at most 4294967294. By default an
   * existing file keeps its owner, unless it is secret: then it belongs to the user whom the step
   * runs as.
   *
   * @throws IllegalArgumentException if it is neither, or the file is {@linkplain Place#absent()
   *     absent}
   */
  public ManagedFile owner(String user) {
    return attributes("owner", attributes().owner(Modes.checkedOwner("owner", user)));
  }

  /**
   * Sets the group, by name or number; digits are a number, at most 4294967294. By default an
   * existing file keeps its group, unless it is secret: then it has the group of the user whom the
   * step runs as.
   *
   * @throws IllegalArgumentException if it is neither, or the file is {@linkplain Place#absent()
   *     absent}
   */
  public ManagedFile group(String group) {
    return attributes("group", attributes().group(Modes.checkedOwner("group", group)));
  }

  /**
   * Creates missing parent directories, with mode 0755. By default an apply fails where one is
   * missing.
   *
   * @throws IllegalArgumentException if the file is {@linkplain Place#absent() absent}
   */
  public ManagedFile parents() {
    contentFor("parents");
    return with(options().withParents());
  }

  /**
   * Hides the content and its differences from reports. Unless mode, owner or group say otherwise,
   * only the user whom the step runs as can read the file. New content always comes as a new file.
   *
   * @throws IllegalArgumentException if the file is {@linkplain Place#absent() absent}
   */
  public ManagedFile secret() {
    return new ManagedFile(declared.content(contentFor("secret").hidden()));
  }

  /** Sets what an apply may delete besides a regular file. */
  public ManagedFile replacing(Replaceable what) {
    return with(options().replacing(requireNonNull(what, "what")));
  }

  /**
   * Reads and writes the file as this user. By default, as the login user.
   *
   * @throws IllegalArgumentException if this is not a valid user name
   */
  public ManagedFile runAs(String user) {
    Command.of("true").runAs(user); // checks the name
    return with(options().runAs(user));
  }

  private FileOptions options() {
    return declared.options();
  }

  private FileAttributes attributes() {
    return options().attributes();
  }

  private ManagedFile attributes(String option, FileAttributes changed) {
    contentFor(option);
    return with(options().attributes(changed));
  }

  private ManagedFile with(FileOptions changed) {
    return new ManagedFile(declared.options(changed));
  }

  private Content contentFor(String option) {
    Content content = declared.content();
    if (content == null) {
      throw new IllegalArgumentException(
          "%s has no effect on a file that is absent; leave it out".formatted(option));
    }
    return content;
  }

  @Override
  public ManagedFile withSecrets(UnaryOperator<Secret> values) {
    Content content = declared.content();
    return content == null ? this : new ManagedFile(declared.content(content.withSecrets(values)));
  }

  @Override
  public List<Command> checkCommands() {
    return List.of(new FileCommands(declared).inspect());
  }

  @Override
  public CheckResult interpret(List<CommandResult> results) {
    return new Comparison(declared).with(FileState.of(results.get(0)));
  }

  @Override
  public void apply(Host host) {
    new FileApply(declared, host).apply();
  }

  @Override
  public List<String> warnings() {
    boolean secret = declared.content() != null && !declared.showsContent();
    boolean open = attributes().mode().filter(mode -> mode.matches(".*[4-7]")).isPresent();
    return secret && open
        ? List.of("%s is secret, but its mode lets all users read it".formatted(declared.path()))
        : List.of();
  }

  @Override
  public void digestInto(Digest into) {
    FileOptions options = options();
    into.add(declared.path()).add(declared.content());
    into.add(options.parents()).add(options.replaceable()).add(options.runAs());
    into.add(attributes().mode()).add(attributes().owner()).add(attributes().group());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ManagedFile that && declared.equals(that.declared);
  }

  @Override
  public int hashCode() {
    return declared.hashCode();
  }

  /** The path, and whether the file is absent. */
  @Override
  public String toString() {
    return "file " + declared.path() + (declared.content() == null ? " absent" : "");
  }
}
