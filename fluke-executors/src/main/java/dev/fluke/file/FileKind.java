package dev.fluke.file;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.SecretOrText;
import dev.fluke.executor.Settings;
import dev.fluke.file.ManagedFile.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The YAML kind {@code file}, which declares a {@link ManagedFile}. Stateless. */
public final class FileKind implements ExecutorKind {
  private static final Field<String> PATH =
      Field.path("path", "the path of the file").required().ifWrong("so is a `/` at the end");
  private static final Field<SecretOrText> CONTENT =
      Field.secretOrText("content", "the content of the file")
          .orEmpty()
          .unlessGiven("`source` or `absent`")
          .ifWrong("with `source` or `absent`: an error");
  private static final Field<String> SOURCE =
      Field.name(
              "source", "a file of the same revision with the content, by its path from this file")
          .unlessGiven("`content` or `absent`")
          .ifWrong(
              "so is a file that is missing, over 1 MiB or kept in Git LFS: the revision is rejected");
  private static final Field<Boolean> ABSENT =
      Field.flag("absent", "the file must not exist")
          .or(false)
          .ifWrong("with content, mode, owner or `parents`: an error");
  private static final Field<String> MODE =
      Field.name("mode", "the permissions, such as 0640")
          .unlessGiven("kept; a new file has 0644; a secret one has 0600")
          .ifWrong("anything but 3 or 4 octal digits is an error");
  private static final Field<String> OWNER =
      Field.name("owner", "the user, by name or number")
          .unlessGiven("kept; a secret file belongs to the user of `run_as`")
          .ifWrong("one that is unknown on the host or not permitted: the apply fails");
  private static final Field<String> GROUP =
      Field.name("group", "the group, by name or number")
          .unlessGiven("kept; a secret file has the group of that user")
          .ifWrong("as `owner`");
  private static final Field<Boolean> PARENTS =
      Field.flag("parents", "create missing parent directories")
          .or(false)
          .ifWrong("if a parent is missing and this is `false`: the apply fails");
  private static final Field<Boolean> SECRET =
      Field.flag("secret", "hide the content and its differences, and let nobody else read it")
          .or(false);
  private static final Field<String> REPLACE =
      Field.choice("replace", "what else the apply may delete", "file", "symlink", "directory")
          .or("file")
          .ifWrong("anything else at the path: the apply fails and leaves it");
  private static final Field<String> RUN_AS =
      Field.name("run_as", "the user who reads and writes the file")
          .unlessGiven("the login user")
          .ifWrong("so is an invalid user name; a user who can't be switched to: unknown");

  /** For {@link java.util.ServiceLoader}. */
  public FileKind() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String about() {
    return "A file with this content, mode and owner; or no file. Give exactly one of `content`,"
        + " `source` and `absent: true`.";
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(
        PATH, CONTENT, SOURCE, ABSENT, MODE, OWNER, GROUP, PARENTS, SECRET, REPLACE, RUN_AS);
  }

  @Override
  public Executor read(Settings values) {
    ManagedFile file = declared(values, ManagedFile.at(values.get(PATH)));
    file = values.find(MODE).map(file::mode).orElse(file);
    file = values.find(OWNER).map(file::owner).orElse(file);
    file = values.find(GROUP).map(file::group).orElse(file);
    file = values.get(PARENTS) ? file.parents() : file;
    file = values.get(SECRET) ? file.secret() : file;
    file = file.replacing(Replaceable.valueOf(values.get(REPLACE).toUpperCase(Locale.ROOT)));
    return values.find(RUN_AS).map(file::runAs).orElse(file);
  }

  private static ManagedFile declared(Settings values, Place place) {
    Optional<SecretOrText> content = values.find(CONTENT);
    Optional<String> source = values.find(SOURCE);
    boolean absent = values.get(ABSENT);
    long present =
        Stream.of(content.isPresent(), source.isPresent(), absent).filter(is -> is).count();
    if (present != 1) {
      throw new IllegalArgumentException(
          "has %s of 'content', 'source' and 'absent: true'; give exactly one"
              .formatted(present == 0 ? "none" : "more than one"));
    }
    return content
        .map(given -> given.fold(place::content, place::content))
        .or(() -> source.map(values::file).map(place::content))
        .orElseGet(place::absent);
  }
}
