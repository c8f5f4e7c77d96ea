package dev.fluke.file;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Settings;
import dev.fluke.file.ManagedFile.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The YAML kind {@code file}, which declares a {@link ManagedFile}. Stateless. */
public final class FileKind implements ExecutorKind {
  private static final Field<String> PATH =
      Field.path("path", "where the file is").required().ifWrong("so is a last `/`");
  private static final Field<String> CONTENT =
      Field.text("content", "what is in it")
          .orEmpty()
          .unlessGiven("`source` or `absent`")
          .ifWrong("with `source` or `absent` it is an error");
  private static final Field<String> SOURCE =
      Field.name("source", "a file of the same revision that has the content; its path from here")
          .unlessGiven("`content` or `absent`")
          .ifWrong("so is a file that is not there, or over 1 MiB: the revision is refused");
  private static final Field<Boolean> ABSENT =
      Field.flag("absent", "there is to be no such file")
          .or(false)
          .ifWrong("with a content, mode, owner or `parents` it is an error");
  private static final Field<String> MODE =
      Field.name("mode", "its permissions, such as 0640")
          .unlessGiven("kept; a new file has 0644, a secret one 0600")
          .ifWrong("all but 3 or 4 octal digits is an error");
  private static final Field<String> OWNER =
      Field.name("owner", "its user, a name or a number")
          .unlessGiven("kept")
          .ifWrong("one that the host does not know, or may not give: the apply fails");
  private static final Field<String> GROUP =
      Field.name("group", "its group, a name or a number")
          .unlessGiven("kept")
          .ifWrong("as `owner`");
  private static final Field<Boolean> PARENTS =
      Field.flag("parents", "make directories that lack above it")
          .or(false)
          .ifWrong("where it is needed and `false`, the apply fails");
  private static final Field<Boolean> SECRET =
      Field.flag("secret", "show no content, and no difference of it").or(false);
  private static final Field<String> REPLACE =
      Field.choice("replace", "what may go for it, if need be", "file", "symlink", "directory")
          .or("file")
          .ifWrong("something else in the place: the apply fails and leaves it");
  private static final Field<String> RUN_AS =
      Field.name("run_as", "the user that looks and writes")
          .unlessGiven("the login user")
          .ifWrong("so is no user name; one that may not be become: unknown");

  /** For {@link java.util.ServiceLoader}. */
  public FileKind() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String about() {
    return "A file with this content, mode and owner; or none. Give exactly one of `content`,"
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
    Optional<String> content = values.find(CONTENT);
    Optional<String> source = values.find(SOURCE);
    boolean absent = values.get(ABSENT);
    long given =
        Stream.of(content.isPresent(), source.isPresent(), absent).filter(is -> is).count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "has %s of 'content', 'source' and 'absent: true'; give exactly one"
              .formatted(given == 0 ? "none" : "more than one"));
    }
    return content
        .map(place::content)
        .or(() -> source.map(values::file).map(place::content))
        .orElseGet(place::absent);
  }
}
